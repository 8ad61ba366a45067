#!/bin/sh
# Prints a table of the bytes that the client takes on microcontrollers: code and constants, per part, and RAM.
set -eu
object=$(mktemp)
trap 'rm -f "$object"' EXIT

# Bytes of code and constants, or of data, of one compilation: size_of <column> <tool prefix> <flags…>
size_of() {
  column=$1 prefix=$2
  shift 2
  "${prefix}gcc" -std=c99 -Os -ffreestanding -ffunction-sections "$@" -c -o "$object"
  "${prefix}size" "$object" | awk -v column="$column" 'NR == 2 { print $column }'
}

# The bytes of the client's struct: the length of an array of that size.
struct_of() {
  prefix=$1
  shift
  printf '#include "iot_events.h"\nchar bytes[sizeof(iot_events_client)] = {1};\n' |
    { cat >"$object.c"; size_of 2 "$prefix" -I. "$@" "$object.c"; rm -f "$object.c"; }
}

row() {
  name=$1 prefix=$2
  shift 2
  printf '| %s | %s | %s | %s | %s | %s |\n' "$name" \
    "$(size_of 1 "$prefix" "$@" iot_events.c)" \
    "$(size_of 1 "$prefix" "$@" -DIOT_EVENTS_NO_DOUBLE iot_events.c)" \
    "$(size_of 1 "$prefix" "$@" iot_events_http.c)" \
    "$(size_of 2 "$prefix" "$@" iot_events.c)" \
    "$(struct_of "$prefix" "$@")"
}

echo '| processor | `iot_events.c` | without floating point | `iot_events_http.c` | data | `iot_events_client` |'
echo '|---|---|---|---|---|---|'
row 'Cortex-M0+' arm-none-eabi- -mcpu=cortex-m0plus -mthumb
row 'Cortex-M4' arm-none-eabi- -mcpu=cortex-m4 -mthumb
row 'RISC-V (ESP32-C3)' riscv64-unknown-elf- -march=rv32imc -mabi=ilp32 -msmall-data-limit=0
