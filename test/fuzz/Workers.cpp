//===- Workers.cpp - trials in processes of their own ---------------------===//
#include "test/fuzz/Workers.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace lle::fuzz;

namespace {
/// A child that does the numbers first, first + stride, ... It writes "begin N" before a trial, the trial's lines, and
/// "end" after it.
struct Worker {
  pid_t process = -1;
  int pipe = -1;
  uint64_t next = 0; ///< The number that it begins with if it has to be started again.
  std::optional<uint64_t> current;
  std::string buffer;
};

class Pool {
public:
  Pool(uint64_t count, unsigned jobs, unsigned timeout, llvm::function_ref<std::string(uint64_t)> trial,
       llvm::function_ref<void(uint64_t, llvm::StringRef)> report)
      : count(count), timeout(timeout), trial(trial), report(report), workers(jobs) {}

  bool run();

private:
  uint64_t count;
  unsigned timeout;
  llvm::function_ref<std::string(uint64_t)> trial;
  llvm::function_ref<void(uint64_t, llvm::StringRef)> report;
  std::vector<Worker> workers;

  bool start(Worker &worker);
  void work(int pipe, uint64_t first);
  bool read(Worker &worker);
  void finish(Worker &worker);
};
} // namespace

static void writeAll(int file, llvm::StringRef text) {
  while (!text.empty()) {
    ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR)
      _exit(0); // the parent is gone
    if (written > 0)
      text = text.drop_front(size_t(written));
  }
}

void Pool::work(int pipe, uint64_t first) {
  for (uint64_t number = first; number < count; number += workers.size()) {
    writeAll(pipe, ("begin " + llvm::Twine(number) + "\n").str());
    alarm(timeout); // ends the process
    std::string text = trial(number);
    alarm(0);
    writeAll(pipe, text + "end\n");
  }
}

bool Pool::start(Worker &worker) {
  int ends[2];
  if (pipe(ends) != 0)
    return false;
  llvm::outs().flush(); // or the child would write it again
  worker.process = fork();
  if (worker.process < 0)
    return false;
  if (worker.process == 0) {
    close(ends[0]);
    if (!freopen("/dev/null", "w", stderr)) // stack traces of many crashes are no help: a single trial prints its own
      _exit(1);
    work(ends[1], worker.next);
    _exit(0);
  }
  close(ends[1]);
  worker.pipe = ends[0];
  worker.buffer.clear();
  worker.current.reset();
  return true;
}

/// Takes what the worker wrote; false at the end.
bool Pool::read(Worker &worker) {
  char chunk[4096];
  ssize_t size = ::read(worker.pipe, chunk, sizeof(chunk));
  if (size <= 0)
    return size < 0 && errno == EINTR;
  worker.buffer.append(chunk, size_t(size));
  llvm::StringRef rest = worker.buffer;
  while (true) {
    auto [line, after] = rest.split('\n');
    if (line.size() == rest.size())
      break;
    if (uint64_t number; line.consume_front("begin ") && !line.getAsInteger(10, number)) {
      worker.current = number;
      worker.next = number + workers.size();
    } else if (line == "end") {
      worker.current.reset();
    } else if (worker.current) {
      report(*worker.current, line);
    }
    rest = after;
  }
  worker.buffer = rest.str();
  return true;
}

void Pool::finish(Worker &worker) {
  int status = 0;
  close(worker.pipe);
  worker.pipe = -1;
  waitpid(worker.process, &status, 0);
  if (!worker.current) {
    worker.next = count;
    return;
  }
  std::string reason = "exit status " + std::to_string(WEXITSTATUS(status));
  if (WIFSIGNALED(status))
    reason = WTERMSIG(status) == SIGALRM ? "took too long" : strsignal(WTERMSIG(status));
  report(*worker.current, "crash " + reason);
}

bool Pool::run() {
  for (auto [index, worker] : llvm::enumerate(workers)) {
    worker.next = index;
    if (index < count && !start(worker))
      return false;
  }
  while (true) {
    llvm::SmallVector<pollfd> files;
    llvm::SmallVector<Worker *> open;
    for (Worker &worker : workers) {
      if (worker.pipe < 0)
        continue;
      files.push_back({worker.pipe, POLLIN, 0});
      open.push_back(&worker);
    }
    if (open.empty())
      return true;
    if (poll(files.data(), files.size(), -1) < 0)
      continue; // interrupted
    for (auto [file, worker] : llvm::zip(files, open)) {
      if (file.revents == 0 || read(*worker))
        continue;
      finish(*worker);
      if (worker->next < count && !start(*worker))
        return false;
    }
  }
}

bool lle::fuzz::runTrials(uint64_t count, unsigned jobs, unsigned timeoutSeconds,
                          llvm::function_ref<std::string(uint64_t)> trial,
                          llvm::function_ref<void(uint64_t, llvm::StringRef)> report) {
  return Pool(count, jobs, timeoutSeconds, trial, report).run();
}
