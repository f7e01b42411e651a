import protobuf from 'protobufjs/minimal.js'

/**
 * 64-bit fields are plain numbers, exact to 2^53, whether or not some package brought `long` along: protobufjs would
 * otherwise decode them as Long objects, against the generated types. Must run before the generated module.
 */
// @ts-expect-error -- the types do not say that Long may be absent, the library does
protobuf.util.Long = null
protobuf.configure()
