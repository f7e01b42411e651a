/** Of an ELF file of 64 bits, little endian: 3 (PT_INTERP) is not among those of a static program. Source: elf(5). */
export function segmentTypes(image: Buffer): number[] {
  const [offset, bytes, count] = [Number(image.readBigUInt64LE(32)), image.readUInt16LE(54), image.readUInt16LE(56)]
  return Array.from({ length: count }, (_, i) => image.readUInt32LE(offset + i * bytes))
}
