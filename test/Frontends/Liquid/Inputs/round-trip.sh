# round-trip.sh FOLDER: each .nir file of the folder through import, export and import.
cd "$1"
for file in *.nir; do
  name=${file%.nir}
  case $name in
  spiking) options='--profile=snntorch:gain=unit --dt=1e-3' ;;
  signals) options='--dt=1' ;;
  *) options= ;;
  esac
  lle-translate --import-nir $options "$file" -o first.mlir
  mkdir -p again
  lle-translate --export-nir first.mlir -o "again/$file"
  lle-translate --import-nir "again/$file" -o second.mlir
  cmp first.mlir second.mlir
  echo "$name same"
done
