// Octets without Node: views joined, ASCII compared and read.
// Not here: parsing of any format (codec).
// Start with ascii.ts.
export * from './ascii.ts'
