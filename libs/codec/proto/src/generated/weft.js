/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["weft"] || ($protobuf.roots["weft"] = {});

export const weft = $root.weft = (() => {

    /**
     * Namespace weft.
     * @exports weft
     * @namespace
     */
    const weft = {};

    weft.ca = (function() {

        /**
         * Namespace ca.
         * @memberof weft
         * @namespace
         */
        const ca = {};

        ca.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof weft.ca
             * @namespace
             */
            const v1 = {};

            v1.JoinRequest = (function() {

                /**
                 * Properties of a JoinRequest.
                 * @typedef {Object} weft.ca.v1.JoinRequest.$Properties
                 * @property {string|null} [token] JoinRequest token
                 * @property {Uint8Array|null} [csr] JoinRequest csr
                 * @property {Array.<string>|null} [hosts] JoinRequest hosts
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a JoinRequest.
                 * @memberof weft.ca.v1
                 * @interface IJoinRequest
                 * @augments weft.ca.v1.JoinRequest.$Properties
                 * @deprecated Use weft.ca.v1.JoinRequest.$Properties instead.
                 */

                /**
                 * Shape of a JoinRequest.
                 * @typedef {weft.ca.v1.JoinRequest.$Properties} weft.ca.v1.JoinRequest.$Shape
                 */

                /**
                 * Constructs a new JoinRequest.
                 * @memberof weft.ca.v1
                 * @classdesc Represents a JoinRequest.
                 * @constructor
                 * @param {weft.ca.v1.JoinRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const JoinRequest = function (properties) {
                    this.hosts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * JoinRequest token.
                 * @member {string} token
                 * @memberof weft.ca.v1.JoinRequest
                 * @instance
                 */
                JoinRequest.prototype.token = "";

                /**
                 * JoinRequest csr.
                 * @member {Uint8Array} csr
                 * @memberof weft.ca.v1.JoinRequest
                 * @instance
                 */
                JoinRequest.prototype.csr = $util.newBuffer([]);

                /**
                 * JoinRequest hosts.
                 * @member {Array.<string>} hosts
                 * @memberof weft.ca.v1.JoinRequest
                 * @instance
                 */
                JoinRequest.prototype.hosts = $util.emptyArray;

                /**
                 * Creates a new JoinRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.ca.v1.JoinRequest
                 * @static
                 * @param {weft.ca.v1.JoinRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.ca.v1.JoinRequest} JoinRequest instance
                 * @type {{
                 *   (properties: weft.ca.v1.JoinRequest.$Shape): weft.ca.v1.JoinRequest & weft.ca.v1.JoinRequest.$Shape;
                 *   (properties?: weft.ca.v1.JoinRequest.$Properties): weft.ca.v1.JoinRequest;
                 * }}
                 */
                JoinRequest.create = function(properties) {
                    return new JoinRequest(properties);
                };

                /**
                 * Encodes the specified JoinRequest message. Does not implicitly {@link weft.ca.v1.JoinRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.ca.v1.JoinRequest
                 * @static
                 * @param {weft.ca.v1.JoinRequest.$Properties} message JoinRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                JoinRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.token);
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.csr);
                    if (message.hosts != null && message.hosts.length)
                        for (let i = 0; i < message.hosts.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.hosts[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a JoinRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.ca.v1.JoinRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.ca.v1.JoinRequest & weft.ca.v1.JoinRequest.$Shape} JoinRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                JoinRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.ca.v1.JoinRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.token = value;
                                else
                                    delete message.token;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.csr = value;
                                else
                                    delete message.csr;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.hosts && message.hosts.length))
                                    message.hosts = [];
                                message.hosts.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return JoinRequest;
            })();

            v1.RenewRequest = (function() {

                /**
                 * Properties of a RenewRequest.
                 * @typedef {Object} weft.ca.v1.RenewRequest.$Properties
                 * @property {Uint8Array|null} [csr] RenewRequest csr
                 * @property {Array.<string>|null} [hosts] RenewRequest hosts
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RenewRequest.
                 * @memberof weft.ca.v1
                 * @interface IRenewRequest
                 * @augments weft.ca.v1.RenewRequest.$Properties
                 * @deprecated Use weft.ca.v1.RenewRequest.$Properties instead.
                 */

                /**
                 * Shape of a RenewRequest.
                 * @typedef {weft.ca.v1.RenewRequest.$Properties} weft.ca.v1.RenewRequest.$Shape
                 */

                /**
                 * Constructs a new RenewRequest.
                 * @memberof weft.ca.v1
                 * @classdesc Represents a RenewRequest.
                 * @constructor
                 * @param {weft.ca.v1.RenewRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RenewRequest = function (properties) {
                    this.hosts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RenewRequest csr.
                 * @member {Uint8Array} csr
                 * @memberof weft.ca.v1.RenewRequest
                 * @instance
                 */
                RenewRequest.prototype.csr = $util.newBuffer([]);

                /**
                 * RenewRequest hosts.
                 * @member {Array.<string>} hosts
                 * @memberof weft.ca.v1.RenewRequest
                 * @instance
                 */
                RenewRequest.prototype.hosts = $util.emptyArray;

                /**
                 * Creates a new RenewRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.ca.v1.RenewRequest
                 * @static
                 * @param {weft.ca.v1.RenewRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.ca.v1.RenewRequest} RenewRequest instance
                 * @type {{
                 *   (properties: weft.ca.v1.RenewRequest.$Shape): weft.ca.v1.RenewRequest & weft.ca.v1.RenewRequest.$Shape;
                 *   (properties?: weft.ca.v1.RenewRequest.$Properties): weft.ca.v1.RenewRequest;
                 * }}
                 */
                RenewRequest.create = function(properties) {
                    return new RenewRequest(properties);
                };

                /**
                 * Encodes the specified RenewRequest message. Does not implicitly {@link weft.ca.v1.RenewRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.ca.v1.RenewRequest
                 * @static
                 * @param {weft.ca.v1.RenewRequest.$Properties} message RenewRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RenewRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.csr);
                    if (message.hosts != null && message.hosts.length)
                        for (let i = 0; i < message.hosts.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.hosts[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RenewRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.ca.v1.RenewRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.ca.v1.RenewRequest & weft.ca.v1.RenewRequest.$Shape} RenewRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RenewRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.ca.v1.RenewRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.csr = value;
                                else
                                    delete message.csr;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.hosts && message.hosts.length))
                                    message.hosts = [];
                                message.hosts.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RenewRequest;
            })();

            v1.IssueRequest = (function() {

                /**
                 * Properties of an IssueRequest.
                 * @typedef {Object} weft.ca.v1.IssueRequest.$Properties
                 * @property {string|null} [identity] IssueRequest identity
                 * @property {Uint8Array|null} [csr] IssueRequest csr
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an IssueRequest.
                 * @memberof weft.ca.v1
                 * @interface IIssueRequest
                 * @augments weft.ca.v1.IssueRequest.$Properties
                 * @deprecated Use weft.ca.v1.IssueRequest.$Properties instead.
                 */

                /**
                 * Shape of an IssueRequest.
                 * @typedef {weft.ca.v1.IssueRequest.$Properties} weft.ca.v1.IssueRequest.$Shape
                 */

                /**
                 * Constructs a new IssueRequest.
                 * @memberof weft.ca.v1
                 * @classdesc Represents an IssueRequest.
                 * @constructor
                 * @param {weft.ca.v1.IssueRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const IssueRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * IssueRequest identity.
                 * @member {string} identity
                 * @memberof weft.ca.v1.IssueRequest
                 * @instance
                 */
                IssueRequest.prototype.identity = "";

                /**
                 * IssueRequest csr.
                 * @member {Uint8Array} csr
                 * @memberof weft.ca.v1.IssueRequest
                 * @instance
                 */
                IssueRequest.prototype.csr = $util.newBuffer([]);

                /**
                 * Creates a new IssueRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.ca.v1.IssueRequest
                 * @static
                 * @param {weft.ca.v1.IssueRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.ca.v1.IssueRequest} IssueRequest instance
                 * @type {{
                 *   (properties: weft.ca.v1.IssueRequest.$Shape): weft.ca.v1.IssueRequest & weft.ca.v1.IssueRequest.$Shape;
                 *   (properties?: weft.ca.v1.IssueRequest.$Properties): weft.ca.v1.IssueRequest;
                 * }}
                 */
                IssueRequest.create = function(properties) {
                    return new IssueRequest(properties);
                };

                /**
                 * Encodes the specified IssueRequest message. Does not implicitly {@link weft.ca.v1.IssueRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.ca.v1.IssueRequest
                 * @static
                 * @param {weft.ca.v1.IssueRequest.$Properties} message IssueRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                IssueRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.identity);
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.csr);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an IssueRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.ca.v1.IssueRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.ca.v1.IssueRequest & weft.ca.v1.IssueRequest.$Shape} IssueRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                IssueRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.ca.v1.IssueRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.csr = value;
                                else
                                    delete message.csr;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return IssueRequest;
            })();

            v1.CertificateResponse = (function() {

                /**
                 * Properties of a CertificateResponse.
                 * @typedef {Object} weft.ca.v1.CertificateResponse.$Properties
                 * @property {string|null} [chain] CertificateResponse chain
                 * @property {string|null} [roots] CertificateResponse roots
                 * @property {string|null} [identity] CertificateResponse identity
                 * @property {number|null} [notAfter] CertificateResponse notAfter
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CertificateResponse.
                 * @memberof weft.ca.v1
                 * @interface ICertificateResponse
                 * @augments weft.ca.v1.CertificateResponse.$Properties
                 * @deprecated Use weft.ca.v1.CertificateResponse.$Properties instead.
                 */

                /**
                 * Shape of a CertificateResponse.
                 * @typedef {weft.ca.v1.CertificateResponse.$Properties} weft.ca.v1.CertificateResponse.$Shape
                 */

                /**
                 * Constructs a new CertificateResponse.
                 * @memberof weft.ca.v1
                 * @classdesc Represents a CertificateResponse.
                 * @constructor
                 * @param {weft.ca.v1.CertificateResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CertificateResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CertificateResponse chain.
                 * @member {string} chain
                 * @memberof weft.ca.v1.CertificateResponse
                 * @instance
                 */
                CertificateResponse.prototype.chain = "";

                /**
                 * CertificateResponse roots.
                 * @member {string} roots
                 * @memberof weft.ca.v1.CertificateResponse
                 * @instance
                 */
                CertificateResponse.prototype.roots = "";

                /**
                 * CertificateResponse identity.
                 * @member {string} identity
                 * @memberof weft.ca.v1.CertificateResponse
                 * @instance
                 */
                CertificateResponse.prototype.identity = "";

                /**
                 * CertificateResponse notAfter.
                 * @member {number} notAfter
                 * @memberof weft.ca.v1.CertificateResponse
                 * @instance
                 */
                CertificateResponse.prototype.notAfter = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new CertificateResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.ca.v1.CertificateResponse
                 * @static
                 * @param {weft.ca.v1.CertificateResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.ca.v1.CertificateResponse} CertificateResponse instance
                 * @type {{
                 *   (properties: weft.ca.v1.CertificateResponse.$Shape): weft.ca.v1.CertificateResponse & weft.ca.v1.CertificateResponse.$Shape;
                 *   (properties?: weft.ca.v1.CertificateResponse.$Properties): weft.ca.v1.CertificateResponse;
                 * }}
                 */
                CertificateResponse.create = function(properties) {
                    return new CertificateResponse(properties);
                };

                /**
                 * Encodes the specified CertificateResponse message. Does not implicitly {@link weft.ca.v1.CertificateResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.ca.v1.CertificateResponse
                 * @static
                 * @param {weft.ca.v1.CertificateResponse.$Properties} message CertificateResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CertificateResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.chain);
                    if (message.roots != null && $Object.hasOwnProperty.call(message, "roots") && message.roots !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.roots);
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.identity);
                    if (message.notAfter != null && $Object.hasOwnProperty.call(message, "notAfter") && (typeof message.notAfter === "object" ? message.notAfter.low || message.notAfter.high : message.notAfter !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.notAfter);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CertificateResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.ca.v1.CertificateResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.ca.v1.CertificateResponse & weft.ca.v1.CertificateResponse.$Shape} CertificateResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CertificateResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.ca.v1.CertificateResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.chain = value;
                                else
                                    delete message.chain;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.roots = value;
                                else
                                    delete message.roots;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.notAfter = value;
                                else
                                    delete message.notAfter;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CertificateResponse;
            })();

            return v1;
        })();

        return ca;
    })();

    weft.discovery = (function() {

        /**
         * Namespace discovery.
         * @memberof weft
         * @namespace
         */
        const discovery = {};

        discovery.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof weft.discovery
             * @namespace
             */
            const v1 = {};

            v1.DeltaRequest = (function() {

                /**
                 * Properties of a DeltaRequest.
                 * @typedef {Object} weft.discovery.v1.DeltaRequest.$Properties
                 * @property {weft.discovery.v1.Hello.$Properties|null} [hello] DeltaRequest hello
                 * @property {weft.discovery.v1.Ack.$Properties|null} [ack] DeltaRequest ack
                 * @property {weft.discovery.v1.Nack.$Properties|null} [nack] DeltaRequest nack
                 * @property {weft.discovery.v1.StatusReport.$Properties|null} [status] DeltaRequest status
                 * @property {"hello"|"ack"|"nack"|"status"} [message] DeltaRequest message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DeltaRequest.
                 * @memberof weft.discovery.v1
                 * @interface IDeltaRequest
                 * @augments weft.discovery.v1.DeltaRequest.$Properties
                 * @deprecated Use weft.discovery.v1.DeltaRequest.$Properties instead.
                 */

                /**
                 * Narrowed shape of a DeltaRequest.
                 * @typedef {{
                 *   hello?: weft.discovery.v1.Hello.$Shape|null;
                 *   ack?: weft.discovery.v1.Ack.$Shape|null;
                 *   nack?: weft.discovery.v1.Nack.$Shape|null;
                 *   status?: weft.discovery.v1.StatusReport.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; hello?: null; ack?: null; nack?: null; status?: null }|{ message?: "hello"; hello: weft.discovery.v1.Hello.$Shape; ack?: null; nack?: null; status?: null }|{ message?: "ack"; hello?: null; ack: weft.discovery.v1.Ack.$Shape; nack?: null; status?: null }|{ message?: "nack"; hello?: null; ack?: null; nack: weft.discovery.v1.Nack.$Shape; status?: null }|{ message?: "status"; hello?: null; ack?: null; nack?: null; status: weft.discovery.v1.StatusReport.$Shape })
                 * )} weft.discovery.v1.DeltaRequest.$Shape
                 */

                /**
                 * Constructs a new DeltaRequest.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a DeltaRequest.
                 * @constructor
                 * @param {weft.discovery.v1.DeltaRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DeltaRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DeltaRequest hello.
                 * @member {weft.discovery.v1.Hello.$Properties|null|undefined} hello
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @instance
                 */
                DeltaRequest.prototype.hello = null;

                /**
                 * DeltaRequest ack.
                 * @member {weft.discovery.v1.Ack.$Properties|null|undefined} ack
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @instance
                 */
                DeltaRequest.prototype.ack = null;

                /**
                 * DeltaRequest nack.
                 * @member {weft.discovery.v1.Nack.$Properties|null|undefined} nack
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @instance
                 */
                DeltaRequest.prototype.nack = null;

                /**
                 * DeltaRequest status.
                 * @member {weft.discovery.v1.StatusReport.$Properties|null|undefined} status
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @instance
                 */
                DeltaRequest.prototype.status = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * DeltaRequest message.
                 * @member {"hello"|"ack"|"nack"|"status"|undefined} message
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @instance
                 */
                $Object.defineProperty(DeltaRequest.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["hello", "ack", "nack", "status"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new DeltaRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @static
                 * @param {weft.discovery.v1.DeltaRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.DeltaRequest} DeltaRequest instance
                 * @type {{
                 *   (properties: weft.discovery.v1.DeltaRequest.$Shape): weft.discovery.v1.DeltaRequest & weft.discovery.v1.DeltaRequest.$Shape;
                 *   (properties?: weft.discovery.v1.DeltaRequest.$Properties): weft.discovery.v1.DeltaRequest;
                 * }}
                 */
                DeltaRequest.create = function(properties) {
                    return new DeltaRequest(properties);
                };

                /**
                 * Encodes the specified DeltaRequest message. Does not implicitly {@link weft.discovery.v1.DeltaRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @static
                 * @param {weft.discovery.v1.DeltaRequest.$Properties} message DeltaRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DeltaRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.weft.discovery.v1.Hello.encode(message.hello, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.ack != null && $Object.hasOwnProperty.call(message, "ack"))
                        $root.weft.discovery.v1.Ack.encode(message.ack, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.nack != null && $Object.hasOwnProperty.call(message, "nack"))
                        $root.weft.discovery.v1.Nack.encode(message.nack, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        $root.weft.discovery.v1.StatusReport.encode(message.status, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DeltaRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.DeltaRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.DeltaRequest & weft.discovery.v1.DeltaRequest.$Shape} DeltaRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DeltaRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.DeltaRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.hello = $root.weft.discovery.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                message.message = "hello";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.ack = $root.weft.discovery.v1.Ack.decode(reader, reader.size(), $undefined, _depth + 1, message.ack);
                                message.message = "ack";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.nack = $root.weft.discovery.v1.Nack.decode(reader, reader.size(), $undefined, _depth + 1, message.nack);
                                message.message = "nack";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.status = $root.weft.discovery.v1.StatusReport.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                                message.message = "status";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeltaRequest;
            })();

            v1.Hello = (function() {

                /**
                 * Properties of a Hello.
                 * @typedef {Object} weft.discovery.v1.Hello.$Properties
                 * @property {string|null} [node] Hello node
                 * @property {Array.<string>|null} [kinds] Hello kinds
                 * @property {Object.<string,string>|null} [held] Hello held
                 * @property {string|null} [version] Hello version
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Hello.
                 * @memberof weft.discovery.v1
                 * @interface IHello
                 * @augments weft.discovery.v1.Hello.$Properties
                 * @deprecated Use weft.discovery.v1.Hello.$Properties instead.
                 */

                /**
                 * Shape of a Hello.
                 * @typedef {weft.discovery.v1.Hello.$Properties} weft.discovery.v1.Hello.$Shape
                 */

                /**
                 * Constructs a new Hello.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Hello.
                 * @constructor
                 * @param {weft.discovery.v1.Hello.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Hello = function (properties) {
                    this.kinds = [];
                    this.held = {};
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Hello node.
                 * @member {string} node
                 * @memberof weft.discovery.v1.Hello
                 * @instance
                 */
                Hello.prototype.node = "";

                /**
                 * Hello kinds.
                 * @member {Array.<string>} kinds
                 * @memberof weft.discovery.v1.Hello
                 * @instance
                 */
                Hello.prototype.kinds = $util.emptyArray;

                /**
                 * Hello held.
                 * @member {Object.<string,string>} held
                 * @memberof weft.discovery.v1.Hello
                 * @instance
                 */
                Hello.prototype.held = $util.emptyObject;

                /**
                 * Hello version.
                 * @member {string} version
                 * @memberof weft.discovery.v1.Hello
                 * @instance
                 */
                Hello.prototype.version = "";

                /**
                 * Creates a new Hello instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Hello
                 * @static
                 * @param {weft.discovery.v1.Hello.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Hello} Hello instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Hello.$Shape): weft.discovery.v1.Hello & weft.discovery.v1.Hello.$Shape;
                 *   (properties?: weft.discovery.v1.Hello.$Properties): weft.discovery.v1.Hello;
                 * }}
                 */
                Hello.create = function(properties) {
                    return new Hello(properties);
                };

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link weft.discovery.v1.Hello.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Hello
                 * @static
                 * @param {weft.discovery.v1.Hello.$Properties} message Hello message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Hello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                    if (message.kinds != null && message.kinds.length)
                        for (let i = 0; i < message.kinds.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.kinds[i]);
                    if (message.held != null && $Object.hasOwnProperty.call(message, "held"))
                        for (let keys = $Object.keys(message.held), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.held[keys[i]]).ldelim();
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.version);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Hello
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Hello & weft.discovery.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Hello.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Hello();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.kinds && message.kinds.length))
                                    message.kinds = [];
                                message.kinds.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (message.held === $util.emptyObject)
                                    message.held = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.held, key);
                                message.held[key] = value;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Hello;
            })();

            v1.Ack = (function() {

                /**
                 * Properties of an Ack.
                 * @typedef {Object} weft.discovery.v1.Ack.$Properties
                 * @property {number|null} [nonce] Ack nonce
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Ack.
                 * @memberof weft.discovery.v1
                 * @interface IAck
                 * @augments weft.discovery.v1.Ack.$Properties
                 * @deprecated Use weft.discovery.v1.Ack.$Properties instead.
                 */

                /**
                 * Shape of an Ack.
                 * @typedef {weft.discovery.v1.Ack.$Properties} weft.discovery.v1.Ack.$Shape
                 */

                /**
                 * Constructs a new Ack.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents an Ack.
                 * @constructor
                 * @param {weft.discovery.v1.Ack.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Ack = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Ack nonce.
                 * @member {number} nonce
                 * @memberof weft.discovery.v1.Ack
                 * @instance
                 */
                Ack.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new Ack instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Ack
                 * @static
                 * @param {weft.discovery.v1.Ack.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Ack} Ack instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Ack.$Shape): weft.discovery.v1.Ack & weft.discovery.v1.Ack.$Shape;
                 *   (properties?: weft.discovery.v1.Ack.$Properties): weft.discovery.v1.Ack;
                 * }}
                 */
                Ack.create = function(properties) {
                    return new Ack(properties);
                };

                /**
                 * Encodes the specified Ack message. Does not implicitly {@link weft.discovery.v1.Ack.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Ack
                 * @static
                 * @param {weft.discovery.v1.Ack.$Properties} message Ack message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Ack.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.nonce);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Ack message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Ack
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Ack & weft.discovery.v1.Ack.$Shape} Ack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Ack.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Ack();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Ack;
            })();

            v1.Nack = (function() {

                /**
                 * Properties of a Nack.
                 * @typedef {Object} weft.discovery.v1.Nack.$Properties
                 * @property {number|null} [nonce] Nack nonce
                 * @property {string|null} [error] Nack error
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Nack.
                 * @memberof weft.discovery.v1
                 * @interface INack
                 * @augments weft.discovery.v1.Nack.$Properties
                 * @deprecated Use weft.discovery.v1.Nack.$Properties instead.
                 */

                /**
                 * Shape of a Nack.
                 * @typedef {weft.discovery.v1.Nack.$Properties} weft.discovery.v1.Nack.$Shape
                 */

                /**
                 * Constructs a new Nack.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Nack.
                 * @constructor
                 * @param {weft.discovery.v1.Nack.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Nack = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Nack nonce.
                 * @member {number} nonce
                 * @memberof weft.discovery.v1.Nack
                 * @instance
                 */
                Nack.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Nack error.
                 * @member {string} error
                 * @memberof weft.discovery.v1.Nack
                 * @instance
                 */
                Nack.prototype.error = "";

                /**
                 * Creates a new Nack instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Nack
                 * @static
                 * @param {weft.discovery.v1.Nack.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Nack} Nack instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Nack.$Shape): weft.discovery.v1.Nack & weft.discovery.v1.Nack.$Shape;
                 *   (properties?: weft.discovery.v1.Nack.$Properties): weft.discovery.v1.Nack;
                 * }}
                 */
                Nack.create = function(properties) {
                    return new Nack(properties);
                };

                /**
                 * Encodes the specified Nack message. Does not implicitly {@link weft.discovery.v1.Nack.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Nack
                 * @static
                 * @param {weft.discovery.v1.Nack.$Properties} message Nack message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Nack.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.nonce);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.error);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Nack message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Nack
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Nack & weft.discovery.v1.Nack.$Shape} Nack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Nack.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Nack();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.error = value;
                                else
                                    delete message.error;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Nack;
            })();

            v1.StatusReport = (function() {

                /**
                 * Properties of a StatusReport.
                 * @typedef {Object} weft.discovery.v1.StatusReport.$Properties
                 * @property {Array.<weft.discovery.v1.WorkloadStatus.$Properties>|null} [workloads] StatusReport workloads
                 * @property {number|null} [policyRevision] StatusReport policyRevision
                 * @property {Array.<weft.discovery.v1.NodeNotice.$Properties>|null} [notices] StatusReport notices
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatusReport.
                 * @memberof weft.discovery.v1
                 * @interface IStatusReport
                 * @augments weft.discovery.v1.StatusReport.$Properties
                 * @deprecated Use weft.discovery.v1.StatusReport.$Properties instead.
                 */

                /**
                 * Shape of a StatusReport.
                 * @typedef {weft.discovery.v1.StatusReport.$Properties} weft.discovery.v1.StatusReport.$Shape
                 */

                /**
                 * Constructs a new StatusReport.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a StatusReport.
                 * @constructor
                 * @param {weft.discovery.v1.StatusReport.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatusReport = function (properties) {
                    this.workloads = [];
                    this.notices = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatusReport workloads.
                 * @member {Array.<weft.discovery.v1.WorkloadStatus.$Properties>} workloads
                 * @memberof weft.discovery.v1.StatusReport
                 * @instance
                 */
                StatusReport.prototype.workloads = $util.emptyArray;

                /**
                 * StatusReport policyRevision.
                 * @member {number} policyRevision
                 * @memberof weft.discovery.v1.StatusReport
                 * @instance
                 */
                StatusReport.prototype.policyRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatusReport notices.
                 * @member {Array.<weft.discovery.v1.NodeNotice.$Properties>} notices
                 * @memberof weft.discovery.v1.StatusReport
                 * @instance
                 */
                StatusReport.prototype.notices = $util.emptyArray;

                /**
                 * Creates a new StatusReport instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.StatusReport
                 * @static
                 * @param {weft.discovery.v1.StatusReport.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.StatusReport} StatusReport instance
                 * @type {{
                 *   (properties: weft.discovery.v1.StatusReport.$Shape): weft.discovery.v1.StatusReport & weft.discovery.v1.StatusReport.$Shape;
                 *   (properties?: weft.discovery.v1.StatusReport.$Properties): weft.discovery.v1.StatusReport;
                 * }}
                 */
                StatusReport.create = function(properties) {
                    return new StatusReport(properties);
                };

                /**
                 * Encodes the specified StatusReport message. Does not implicitly {@link weft.discovery.v1.StatusReport.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.StatusReport
                 * @static
                 * @param {weft.discovery.v1.StatusReport.$Properties} message StatusReport message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatusReport.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.workloads != null && message.workloads.length)
                        for (let i = 0; i < message.workloads.length; ++i)
                            $root.weft.discovery.v1.WorkloadStatus.encode(message.workloads[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.policyRevision != null && $Object.hasOwnProperty.call(message, "policyRevision") && (typeof message.policyRevision === "object" ? message.policyRevision.low || message.policyRevision.high : message.policyRevision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.policyRevision);
                    if (message.notices != null && message.notices.length)
                        for (let i = 0; i < message.notices.length; ++i)
                            $root.weft.discovery.v1.NodeNotice.encode(message.notices[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatusReport message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.StatusReport
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.StatusReport & weft.discovery.v1.StatusReport.$Shape} StatusReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatusReport.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.StatusReport();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.workloads && message.workloads.length))
                                    message.workloads = [];
                                message.workloads.push($root.weft.discovery.v1.WorkloadStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.policyRevision = value;
                                else
                                    delete message.policyRevision;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.notices && message.notices.length))
                                    message.notices = [];
                                message.notices.push($root.weft.discovery.v1.NodeNotice.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StatusReport;
            })();

            v1.NodeNotice = (function() {

                /**
                 * Properties of a NodeNotice.
                 * @typedef {Object} weft.discovery.v1.NodeNotice.$Properties
                 * @property {string|null} [id] NodeNotice id
                 * @property {string|null} [text] NodeNotice text
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a NodeNotice.
                 * @memberof weft.discovery.v1
                 * @interface INodeNotice
                 * @augments weft.discovery.v1.NodeNotice.$Properties
                 * @deprecated Use weft.discovery.v1.NodeNotice.$Properties instead.
                 */

                /**
                 * Shape of a NodeNotice.
                 * @typedef {weft.discovery.v1.NodeNotice.$Properties} weft.discovery.v1.NodeNotice.$Shape
                 */

                /**
                 * Constructs a new NodeNotice.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a NodeNotice.
                 * @constructor
                 * @param {weft.discovery.v1.NodeNotice.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const NodeNotice = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * NodeNotice id.
                 * @member {string} id
                 * @memberof weft.discovery.v1.NodeNotice
                 * @instance
                 */
                NodeNotice.prototype.id = "";

                /**
                 * NodeNotice text.
                 * @member {string} text
                 * @memberof weft.discovery.v1.NodeNotice
                 * @instance
                 */
                NodeNotice.prototype.text = "";

                /**
                 * Creates a new NodeNotice instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.NodeNotice
                 * @static
                 * @param {weft.discovery.v1.NodeNotice.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.NodeNotice} NodeNotice instance
                 * @type {{
                 *   (properties: weft.discovery.v1.NodeNotice.$Shape): weft.discovery.v1.NodeNotice & weft.discovery.v1.NodeNotice.$Shape;
                 *   (properties?: weft.discovery.v1.NodeNotice.$Properties): weft.discovery.v1.NodeNotice;
                 * }}
                 */
                NodeNotice.create = function(properties) {
                    return new NodeNotice(properties);
                };

                /**
                 * Encodes the specified NodeNotice message. Does not implicitly {@link weft.discovery.v1.NodeNotice.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.NodeNotice
                 * @static
                 * @param {weft.discovery.v1.NodeNotice.$Properties} message NodeNotice message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                NodeNotice.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a NodeNotice message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.NodeNotice
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.NodeNotice & weft.discovery.v1.NodeNotice.$Shape} NodeNotice
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                NodeNotice.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.NodeNotice();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.text = value;
                                else
                                    delete message.text;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return NodeNotice;
            })();

            v1.WorkloadStatus = (function() {

                /**
                 * Properties of a WorkloadStatus.
                 * @typedef {Object} weft.discovery.v1.WorkloadStatus.$Properties
                 * @property {string|null} [uid] WorkloadStatus uid
                 * @property {boolean|null} [enrolled] WorkloadStatus enrolled
                 * @property {string|null} [reason] WorkloadStatus reason
                 * @property {Object.<string,string>|null} [environment] WorkloadStatus environment
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WorkloadStatus.
                 * @memberof weft.discovery.v1
                 * @interface IWorkloadStatus
                 * @augments weft.discovery.v1.WorkloadStatus.$Properties
                 * @deprecated Use weft.discovery.v1.WorkloadStatus.$Properties instead.
                 */

                /**
                 * Shape of a WorkloadStatus.
                 * @typedef {weft.discovery.v1.WorkloadStatus.$Properties} weft.discovery.v1.WorkloadStatus.$Shape
                 */

                /**
                 * Constructs a new WorkloadStatus.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a WorkloadStatus.
                 * @constructor
                 * @param {weft.discovery.v1.WorkloadStatus.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WorkloadStatus = function (properties) {
                    this.environment = {};
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WorkloadStatus uid.
                 * @member {string} uid
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @instance
                 */
                WorkloadStatus.prototype.uid = "";

                /**
                 * WorkloadStatus enrolled.
                 * @member {boolean} enrolled
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @instance
                 */
                WorkloadStatus.prototype.enrolled = false;

                /**
                 * WorkloadStatus reason.
                 * @member {string} reason
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @instance
                 */
                WorkloadStatus.prototype.reason = "";

                /**
                 * WorkloadStatus environment.
                 * @member {Object.<string,string>} environment
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @instance
                 */
                WorkloadStatus.prototype.environment = $util.emptyObject;

                /**
                 * Creates a new WorkloadStatus instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @static
                 * @param {weft.discovery.v1.WorkloadStatus.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.WorkloadStatus} WorkloadStatus instance
                 * @type {{
                 *   (properties: weft.discovery.v1.WorkloadStatus.$Shape): weft.discovery.v1.WorkloadStatus & weft.discovery.v1.WorkloadStatus.$Shape;
                 *   (properties?: weft.discovery.v1.WorkloadStatus.$Properties): weft.discovery.v1.WorkloadStatus;
                 * }}
                 */
                WorkloadStatus.create = function(properties) {
                    return new WorkloadStatus(properties);
                };

                /**
                 * Encodes the specified WorkloadStatus message. Does not implicitly {@link weft.discovery.v1.WorkloadStatus.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @static
                 * @param {weft.discovery.v1.WorkloadStatus.$Properties} message WorkloadStatus message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WorkloadStatus.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.uid);
                    if (message.enrolled != null && $Object.hasOwnProperty.call(message, "enrolled") && message.enrolled !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.enrolled);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                    if (message.environment != null && $Object.hasOwnProperty.call(message, "environment"))
                        for (let keys = $Object.keys(message.environment), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.environment[keys[i]]).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WorkloadStatus message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.WorkloadStatus
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.WorkloadStatus & weft.discovery.v1.WorkloadStatus.$Shape} WorkloadStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WorkloadStatus.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.WorkloadStatus();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enrolled = value;
                                else
                                    delete message.enrolled;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (message.environment === $util.emptyObject)
                                    message.environment = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.environment, key);
                                message.environment[key] = value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return WorkloadStatus;
            })();

            v1.DeltaResponse = (function() {

                /**
                 * Properties of a DeltaResponse.
                 * @typedef {Object} weft.discovery.v1.DeltaResponse.$Properties
                 * @property {number|null} [nonce] DeltaResponse nonce
                 * @property {number|null} [revision] DeltaResponse revision
                 * @property {Array.<weft.discovery.v1.Resource.$Properties>|null} [upserts] DeltaResponse upserts
                 * @property {Array.<string>|null} [removals] DeltaResponse removals
                 * @property {boolean|null} [more] DeltaResponse more
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DeltaResponse.
                 * @memberof weft.discovery.v1
                 * @interface IDeltaResponse
                 * @augments weft.discovery.v1.DeltaResponse.$Properties
                 * @deprecated Use weft.discovery.v1.DeltaResponse.$Properties instead.
                 */

                /**
                 * Shape of a DeltaResponse.
                 * @typedef {weft.discovery.v1.DeltaResponse.$Properties} weft.discovery.v1.DeltaResponse.$Shape
                 */

                /**
                 * Constructs a new DeltaResponse.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a DeltaResponse.
                 * @constructor
                 * @param {weft.discovery.v1.DeltaResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DeltaResponse = function (properties) {
                    this.upserts = [];
                    this.removals = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DeltaResponse nonce.
                 * @member {number} nonce
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @instance
                 */
                DeltaResponse.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * DeltaResponse revision.
                 * @member {number} revision
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @instance
                 */
                DeltaResponse.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * DeltaResponse upserts.
                 * @member {Array.<weft.discovery.v1.Resource.$Properties>} upserts
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @instance
                 */
                DeltaResponse.prototype.upserts = $util.emptyArray;

                /**
                 * DeltaResponse removals.
                 * @member {Array.<string>} removals
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @instance
                 */
                DeltaResponse.prototype.removals = $util.emptyArray;

                /**
                 * DeltaResponse more.
                 * @member {boolean} more
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @instance
                 */
                DeltaResponse.prototype.more = false;

                /**
                 * Creates a new DeltaResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @static
                 * @param {weft.discovery.v1.DeltaResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.DeltaResponse} DeltaResponse instance
                 * @type {{
                 *   (properties: weft.discovery.v1.DeltaResponse.$Shape): weft.discovery.v1.DeltaResponse & weft.discovery.v1.DeltaResponse.$Shape;
                 *   (properties?: weft.discovery.v1.DeltaResponse.$Properties): weft.discovery.v1.DeltaResponse;
                 * }}
                 */
                DeltaResponse.create = function(properties) {
                    return new DeltaResponse(properties);
                };

                /**
                 * Encodes the specified DeltaResponse message. Does not implicitly {@link weft.discovery.v1.DeltaResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @static
                 * @param {weft.discovery.v1.DeltaResponse.$Properties} message DeltaResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DeltaResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.nonce);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.revision);
                    if (message.upserts != null && message.upserts.length)
                        for (let i = 0; i < message.upserts.length; ++i)
                            $root.weft.discovery.v1.Resource.encode(message.upserts[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.removals != null && message.removals.length)
                        for (let i = 0; i < message.removals.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).string(message.removals[i]);
                    if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.more);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DeltaResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.DeltaResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.DeltaResponse & weft.discovery.v1.DeltaResponse.$Shape} DeltaResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DeltaResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.DeltaResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.upserts && message.upserts.length))
                                    message.upserts = [];
                                message.upserts.push($root.weft.discovery.v1.Resource.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.removals && message.removals.length))
                                    message.removals = [];
                                message.removals.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.more = value;
                                else
                                    delete message.more;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeltaResponse;
            })();

            v1.Resource = (function() {

                /**
                 * Properties of a Resource.
                 * @typedef {Object} weft.discovery.v1.Resource.$Properties
                 * @property {string|null} [kind] Resource kind
                 * @property {string|null} [name] Resource name
                 * @property {string|null} [hash] Resource hash
                 * @property {Uint8Array|null} [body] Resource body
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Resource.
                 * @memberof weft.discovery.v1
                 * @interface IResource
                 * @augments weft.discovery.v1.Resource.$Properties
                 * @deprecated Use weft.discovery.v1.Resource.$Properties instead.
                 */

                /**
                 * Shape of a Resource.
                 * @typedef {weft.discovery.v1.Resource.$Properties} weft.discovery.v1.Resource.$Shape
                 */

                /**
                 * Constructs a new Resource.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Resource.
                 * @constructor
                 * @param {weft.discovery.v1.Resource.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Resource = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Resource kind.
                 * @member {string} kind
                 * @memberof weft.discovery.v1.Resource
                 * @instance
                 */
                Resource.prototype.kind = "";

                /**
                 * Resource name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.Resource
                 * @instance
                 */
                Resource.prototype.name = "";

                /**
                 * Resource hash.
                 * @member {string} hash
                 * @memberof weft.discovery.v1.Resource
                 * @instance
                 */
                Resource.prototype.hash = "";

                /**
                 * Resource body.
                 * @member {Uint8Array} body
                 * @memberof weft.discovery.v1.Resource
                 * @instance
                 */
                Resource.prototype.body = $util.newBuffer([]);

                /**
                 * Creates a new Resource instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Resource
                 * @static
                 * @param {weft.discovery.v1.Resource.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Resource} Resource instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Resource.$Shape): weft.discovery.v1.Resource & weft.discovery.v1.Resource.$Shape;
                 *   (properties?: weft.discovery.v1.Resource.$Properties): weft.discovery.v1.Resource;
                 * }}
                 */
                Resource.create = function(properties) {
                    return new Resource(properties);
                };

                /**
                 * Encodes the specified Resource message. Does not implicitly {@link weft.discovery.v1.Resource.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Resource
                 * @static
                 * @param {weft.discovery.v1.Resource.$Properties} message Resource message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Resource.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                    if (message.hash != null && $Object.hasOwnProperty.call(message, "hash") && message.hash !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.hash);
                    if (message.body != null && $Object.hasOwnProperty.call(message, "body") && message.body.length)
                        writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.body);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Resource message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Resource
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Resource & weft.discovery.v1.Resource.$Shape} Resource
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Resource.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Resource();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.hash = value;
                                else
                                    delete message.hash;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.body = value;
                                else
                                    delete message.body;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Resource;
            })();

            v1.FollowRequest = (function() {

                /**
                 * Properties of a FollowRequest.
                 * @typedef {Object} weft.discovery.v1.FollowRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a FollowRequest.
                 * @memberof weft.discovery.v1
                 * @interface IFollowRequest
                 * @augments weft.discovery.v1.FollowRequest.$Properties
                 * @deprecated Use weft.discovery.v1.FollowRequest.$Properties instead.
                 */

                /**
                 * Shape of a FollowRequest.
                 * @typedef {weft.discovery.v1.FollowRequest.$Properties} weft.discovery.v1.FollowRequest.$Shape
                 */

                /**
                 * Constructs a new FollowRequest.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a FollowRequest.
                 * @constructor
                 * @param {weft.discovery.v1.FollowRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const FollowRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Creates a new FollowRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.FollowRequest
                 * @static
                 * @param {weft.discovery.v1.FollowRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.FollowRequest} FollowRequest instance
                 * @type {{
                 *   (properties: weft.discovery.v1.FollowRequest.$Shape): weft.discovery.v1.FollowRequest & weft.discovery.v1.FollowRequest.$Shape;
                 *   (properties?: weft.discovery.v1.FollowRequest.$Properties): weft.discovery.v1.FollowRequest;
                 * }}
                 */
                FollowRequest.create = function(properties) {
                    return new FollowRequest(properties);
                };

                /**
                 * Encodes the specified FollowRequest message. Does not implicitly {@link weft.discovery.v1.FollowRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.FollowRequest
                 * @static
                 * @param {weft.discovery.v1.FollowRequest.$Properties} message FollowRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                FollowRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a FollowRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.FollowRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.FollowRequest & weft.discovery.v1.FollowRequest.$Shape} FollowRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                FollowRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.FollowRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FollowRequest;
            })();

            v1.ReplicaReport = (function() {

                /**
                 * Properties of a ReplicaReport.
                 * @typedef {Object} weft.discovery.v1.ReplicaReport.$Properties
                 * @property {weft.discovery.v1.Connected.$Properties|null} [connected] ReplicaReport connected
                 * @property {Array.<weft.discovery.v1.TrafficReport.$Properties>|null} [traffic] ReplicaReport traffic
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReplicaReport.
                 * @memberof weft.discovery.v1
                 * @interface IReplicaReport
                 * @augments weft.discovery.v1.ReplicaReport.$Properties
                 * @deprecated Use weft.discovery.v1.ReplicaReport.$Properties instead.
                 */

                /**
                 * Shape of a ReplicaReport.
                 * @typedef {weft.discovery.v1.ReplicaReport.$Properties} weft.discovery.v1.ReplicaReport.$Shape
                 */

                /**
                 * Constructs a new ReplicaReport.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a ReplicaReport.
                 * @constructor
                 * @param {weft.discovery.v1.ReplicaReport.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReplicaReport = function (properties) {
                    this.traffic = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ReplicaReport connected.
                 * @member {weft.discovery.v1.Connected.$Properties|null|undefined} connected
                 * @memberof weft.discovery.v1.ReplicaReport
                 * @instance
                 */
                ReplicaReport.prototype.connected = null;

                /**
                 * ReplicaReport traffic.
                 * @member {Array.<weft.discovery.v1.TrafficReport.$Properties>} traffic
                 * @memberof weft.discovery.v1.ReplicaReport
                 * @instance
                 */
                ReplicaReport.prototype.traffic = $util.emptyArray;

                /**
                 * Creates a new ReplicaReport instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.ReplicaReport
                 * @static
                 * @param {weft.discovery.v1.ReplicaReport.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.ReplicaReport} ReplicaReport instance
                 * @type {{
                 *   (properties: weft.discovery.v1.ReplicaReport.$Shape): weft.discovery.v1.ReplicaReport & weft.discovery.v1.ReplicaReport.$Shape;
                 *   (properties?: weft.discovery.v1.ReplicaReport.$Properties): weft.discovery.v1.ReplicaReport;
                 * }}
                 */
                ReplicaReport.create = function(properties) {
                    return new ReplicaReport(properties);
                };

                /**
                 * Encodes the specified ReplicaReport message. Does not implicitly {@link weft.discovery.v1.ReplicaReport.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.ReplicaReport
                 * @static
                 * @param {weft.discovery.v1.ReplicaReport.$Properties} message ReplicaReport message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReplicaReport.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.connected != null && $Object.hasOwnProperty.call(message, "connected"))
                        $root.weft.discovery.v1.Connected.encode(message.connected, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.traffic != null && message.traffic.length)
                        for (let i = 0; i < message.traffic.length; ++i)
                            $root.weft.discovery.v1.TrafficReport.encode(message.traffic[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReplicaReport message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.ReplicaReport
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ReplicaReport & weft.discovery.v1.ReplicaReport.$Shape} ReplicaReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReplicaReport.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.ReplicaReport();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.connected = $root.weft.discovery.v1.Connected.decode(reader, reader.size(), $undefined, _depth + 1, message.connected);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.traffic && message.traffic.length))
                                    message.traffic = [];
                                message.traffic.push($root.weft.discovery.v1.TrafficReport.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ReplicaReport;
            })();

            v1.Connected = (function() {

                /**
                 * Properties of a Connected.
                 * @typedef {Object} weft.discovery.v1.Connected.$Properties
                 * @property {Array.<weft.discovery.v1.SubscriberProgress.$Properties>|null} [nodes] Connected nodes
                 * @property {weft.discovery.v1.SubscriberProgress.$Properties|null} [policy] Connected policy
                 * @property {number|null} [revision] Connected revision
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Connected.
                 * @memberof weft.discovery.v1
                 * @interface IConnected
                 * @augments weft.discovery.v1.Connected.$Properties
                 * @deprecated Use weft.discovery.v1.Connected.$Properties instead.
                 */

                /**
                 * Shape of a Connected.
                 * @typedef {weft.discovery.v1.Connected.$Properties} weft.discovery.v1.Connected.$Shape
                 */

                /**
                 * Constructs a new Connected.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Connected.
                 * @constructor
                 * @param {weft.discovery.v1.Connected.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Connected = function (properties) {
                    this.nodes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Connected nodes.
                 * @member {Array.<weft.discovery.v1.SubscriberProgress.$Properties>} nodes
                 * @memberof weft.discovery.v1.Connected
                 * @instance
                 */
                Connected.prototype.nodes = $util.emptyArray;

                /**
                 * Connected policy.
                 * @member {weft.discovery.v1.SubscriberProgress.$Properties|null|undefined} policy
                 * @memberof weft.discovery.v1.Connected
                 * @instance
                 */
                Connected.prototype.policy = null;

                /**
                 * Connected revision.
                 * @member {number} revision
                 * @memberof weft.discovery.v1.Connected
                 * @instance
                 */
                Connected.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new Connected instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Connected
                 * @static
                 * @param {weft.discovery.v1.Connected.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Connected} Connected instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Connected.$Shape): weft.discovery.v1.Connected & weft.discovery.v1.Connected.$Shape;
                 *   (properties?: weft.discovery.v1.Connected.$Properties): weft.discovery.v1.Connected;
                 * }}
                 */
                Connected.create = function(properties) {
                    return new Connected(properties);
                };

                /**
                 * Encodes the specified Connected message. Does not implicitly {@link weft.discovery.v1.Connected.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Connected
                 * @static
                 * @param {weft.discovery.v1.Connected.$Properties} message Connected message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Connected.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.nodes != null && message.nodes.length)
                        for (let i = 0; i < message.nodes.length; ++i)
                            $root.weft.discovery.v1.SubscriberProgress.encode(message.nodes[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                        $root.weft.discovery.v1.SubscriberProgress.encode(message.policy, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Connected message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Connected
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Connected & weft.discovery.v1.Connected.$Shape} Connected
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Connected.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Connected();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.nodes && message.nodes.length))
                                    message.nodes = [];
                                message.nodes.push($root.weft.discovery.v1.SubscriberProgress.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.policy = $root.weft.discovery.v1.SubscriberProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.policy);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Connected;
            })();

            v1.SubscriberProgress = (function() {

                /**
                 * Properties of a SubscriberProgress.
                 * @typedef {Object} weft.discovery.v1.SubscriberProgress.$Properties
                 * @property {string|null} [node] SubscriberProgress node
                 * @property {number|null} [revision] SubscriberProgress revision
                 * @property {number|null} [policyRevision] SubscriberProgress policyRevision
                 * @property {string|null} [error] SubscriberProgress error
                 * @property {number|null} [refusedRevision] SubscriberProgress refusedRevision
                 * @property {string|null} [version] SubscriberProgress version
                 * @property {Array.<weft.discovery.v1.NodeNotice.$Properties>|null} [notices] SubscriberProgress notices
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SubscriberProgress.
                 * @memberof weft.discovery.v1
                 * @interface ISubscriberProgress
                 * @augments weft.discovery.v1.SubscriberProgress.$Properties
                 * @deprecated Use weft.discovery.v1.SubscriberProgress.$Properties instead.
                 */

                /**
                 * Shape of a SubscriberProgress.
                 * @typedef {weft.discovery.v1.SubscriberProgress.$Properties} weft.discovery.v1.SubscriberProgress.$Shape
                 */

                /**
                 * Constructs a new SubscriberProgress.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a SubscriberProgress.
                 * @constructor
                 * @param {weft.discovery.v1.SubscriberProgress.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SubscriberProgress = function (properties) {
                    this.notices = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SubscriberProgress node.
                 * @member {string} node
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.node = "";

                /**
                 * SubscriberProgress revision.
                 * @member {number} revision
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * SubscriberProgress policyRevision.
                 * @member {number} policyRevision
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.policyRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * SubscriberProgress error.
                 * @member {string} error
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.error = "";

                /**
                 * SubscriberProgress refusedRevision.
                 * @member {number} refusedRevision
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.refusedRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * SubscriberProgress version.
                 * @member {string} version
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.version = "";

                /**
                 * SubscriberProgress notices.
                 * @member {Array.<weft.discovery.v1.NodeNotice.$Properties>} notices
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @instance
                 */
                SubscriberProgress.prototype.notices = $util.emptyArray;

                /**
                 * Creates a new SubscriberProgress instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @static
                 * @param {weft.discovery.v1.SubscriberProgress.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.SubscriberProgress} SubscriberProgress instance
                 * @type {{
                 *   (properties: weft.discovery.v1.SubscriberProgress.$Shape): weft.discovery.v1.SubscriberProgress & weft.discovery.v1.SubscriberProgress.$Shape;
                 *   (properties?: weft.discovery.v1.SubscriberProgress.$Properties): weft.discovery.v1.SubscriberProgress;
                 * }}
                 */
                SubscriberProgress.create = function(properties) {
                    return new SubscriberProgress(properties);
                };

                /**
                 * Encodes the specified SubscriberProgress message. Does not implicitly {@link weft.discovery.v1.SubscriberProgress.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @static
                 * @param {weft.discovery.v1.SubscriberProgress.$Properties} message SubscriberProgress message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SubscriberProgress.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.revision);
                    if (message.policyRevision != null && $Object.hasOwnProperty.call(message, "policyRevision") && (typeof message.policyRevision === "object" ? message.policyRevision.low || message.policyRevision.high : message.policyRevision !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.policyRevision);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.error);
                    if (message.refusedRevision != null && $Object.hasOwnProperty.call(message, "refusedRevision") && (typeof message.refusedRevision === "object" ? message.refusedRevision.low || message.refusedRevision.high : message.refusedRevision !== 0))
                        writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.refusedRevision);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.version);
                    if (message.notices != null && message.notices.length)
                        for (let i = 0; i < message.notices.length; ++i)
                            $root.weft.discovery.v1.NodeNotice.encode(message.notices[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SubscriberProgress message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.SubscriberProgress
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SubscriberProgress & weft.discovery.v1.SubscriberProgress.$Shape} SubscriberProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SubscriberProgress.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.SubscriberProgress();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.policyRevision = value;
                                else
                                    delete message.policyRevision;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.error = value;
                                else
                                    delete message.error;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.refusedRevision = value;
                                else
                                    delete message.refusedRevision;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.notices && message.notices.length))
                                    message.notices = [];
                                message.notices.push($root.weft.discovery.v1.NodeNotice.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SubscriberProgress;
            })();

            v1.CheckIdentityRequest = (function() {

                /**
                 * Properties of a CheckIdentityRequest.
                 * @typedef {Object} weft.discovery.v1.CheckIdentityRequest.$Properties
                 * @property {string|null} [node] CheckIdentityRequest node
                 * @property {string|null} [identity] CheckIdentityRequest identity
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckIdentityRequest.
                 * @memberof weft.discovery.v1
                 * @interface ICheckIdentityRequest
                 * @augments weft.discovery.v1.CheckIdentityRequest.$Properties
                 * @deprecated Use weft.discovery.v1.CheckIdentityRequest.$Properties instead.
                 */

                /**
                 * Shape of a CheckIdentityRequest.
                 * @typedef {weft.discovery.v1.CheckIdentityRequest.$Properties} weft.discovery.v1.CheckIdentityRequest.$Shape
                 */

                /**
                 * Constructs a new CheckIdentityRequest.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a CheckIdentityRequest.
                 * @constructor
                 * @param {weft.discovery.v1.CheckIdentityRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckIdentityRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CheckIdentityRequest node.
                 * @member {string} node
                 * @memberof weft.discovery.v1.CheckIdentityRequest
                 * @instance
                 */
                CheckIdentityRequest.prototype.node = "";

                /**
                 * CheckIdentityRequest identity.
                 * @member {string} identity
                 * @memberof weft.discovery.v1.CheckIdentityRequest
                 * @instance
                 */
                CheckIdentityRequest.prototype.identity = "";

                /**
                 * Creates a new CheckIdentityRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.CheckIdentityRequest
                 * @static
                 * @param {weft.discovery.v1.CheckIdentityRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.CheckIdentityRequest} CheckIdentityRequest instance
                 * @type {{
                 *   (properties: weft.discovery.v1.CheckIdentityRequest.$Shape): weft.discovery.v1.CheckIdentityRequest & weft.discovery.v1.CheckIdentityRequest.$Shape;
                 *   (properties?: weft.discovery.v1.CheckIdentityRequest.$Properties): weft.discovery.v1.CheckIdentityRequest;
                 * }}
                 */
                CheckIdentityRequest.create = function(properties) {
                    return new CheckIdentityRequest(properties);
                };

                /**
                 * Encodes the specified CheckIdentityRequest message. Does not implicitly {@link weft.discovery.v1.CheckIdentityRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.CheckIdentityRequest
                 * @static
                 * @param {weft.discovery.v1.CheckIdentityRequest.$Properties} message CheckIdentityRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckIdentityRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.identity);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CheckIdentityRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.CheckIdentityRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.CheckIdentityRequest & weft.discovery.v1.CheckIdentityRequest.$Shape} CheckIdentityRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckIdentityRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.CheckIdentityRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CheckIdentityRequest;
            })();

            v1.CheckIdentityResponse = (function() {

                /**
                 * Properties of a CheckIdentityResponse.
                 * @typedef {Object} weft.discovery.v1.CheckIdentityResponse.$Properties
                 * @property {boolean|null} [registered] CheckIdentityResponse registered
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CheckIdentityResponse.
                 * @memberof weft.discovery.v1
                 * @interface ICheckIdentityResponse
                 * @augments weft.discovery.v1.CheckIdentityResponse.$Properties
                 * @deprecated Use weft.discovery.v1.CheckIdentityResponse.$Properties instead.
                 */

                /**
                 * Shape of a CheckIdentityResponse.
                 * @typedef {weft.discovery.v1.CheckIdentityResponse.$Properties} weft.discovery.v1.CheckIdentityResponse.$Shape
                 */

                /**
                 * Constructs a new CheckIdentityResponse.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a CheckIdentityResponse.
                 * @constructor
                 * @param {weft.discovery.v1.CheckIdentityResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CheckIdentityResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CheckIdentityResponse registered.
                 * @member {boolean} registered
                 * @memberof weft.discovery.v1.CheckIdentityResponse
                 * @instance
                 */
                CheckIdentityResponse.prototype.registered = false;

                /**
                 * Creates a new CheckIdentityResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.CheckIdentityResponse
                 * @static
                 * @param {weft.discovery.v1.CheckIdentityResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.CheckIdentityResponse} CheckIdentityResponse instance
                 * @type {{
                 *   (properties: weft.discovery.v1.CheckIdentityResponse.$Shape): weft.discovery.v1.CheckIdentityResponse & weft.discovery.v1.CheckIdentityResponse.$Shape;
                 *   (properties?: weft.discovery.v1.CheckIdentityResponse.$Properties): weft.discovery.v1.CheckIdentityResponse;
                 * }}
                 */
                CheckIdentityResponse.create = function(properties) {
                    return new CheckIdentityResponse(properties);
                };

                /**
                 * Encodes the specified CheckIdentityResponse message. Does not implicitly {@link weft.discovery.v1.CheckIdentityResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.CheckIdentityResponse
                 * @static
                 * @param {weft.discovery.v1.CheckIdentityResponse.$Properties} message CheckIdentityResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CheckIdentityResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.registered != null && $Object.hasOwnProperty.call(message, "registered") && message.registered !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.registered);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CheckIdentityResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.CheckIdentityResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.CheckIdentityResponse & weft.discovery.v1.CheckIdentityResponse.$Shape} CheckIdentityResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CheckIdentityResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.CheckIdentityResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.registered = value;
                                else
                                    delete message.registered;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CheckIdentityResponse;
            })();

            v1.TrafficReport = (function() {

                /**
                 * Properties of a TrafficReport.
                 * @typedef {Object} weft.discovery.v1.TrafficReport.$Properties
                 * @property {string|null} [node] TrafficReport node
                 * @property {Array.<weft.discovery.v1.TrafficCount.$Properties>|null} [counts] TrafficReport counts
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TrafficReport.
                 * @memberof weft.discovery.v1
                 * @interface ITrafficReport
                 * @augments weft.discovery.v1.TrafficReport.$Properties
                 * @deprecated Use weft.discovery.v1.TrafficReport.$Properties instead.
                 */

                /**
                 * Shape of a TrafficReport.
                 * @typedef {weft.discovery.v1.TrafficReport.$Properties} weft.discovery.v1.TrafficReport.$Shape
                 */

                /**
                 * Constructs a new TrafficReport.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a TrafficReport.
                 * @constructor
                 * @param {weft.discovery.v1.TrafficReport.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TrafficReport = function (properties) {
                    this.counts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * TrafficReport node.
                 * @member {string} node
                 * @memberof weft.discovery.v1.TrafficReport
                 * @instance
                 */
                TrafficReport.prototype.node = "";

                /**
                 * TrafficReport counts.
                 * @member {Array.<weft.discovery.v1.TrafficCount.$Properties>} counts
                 * @memberof weft.discovery.v1.TrafficReport
                 * @instance
                 */
                TrafficReport.prototype.counts = $util.emptyArray;

                /**
                 * Creates a new TrafficReport instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.TrafficReport
                 * @static
                 * @param {weft.discovery.v1.TrafficReport.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.TrafficReport} TrafficReport instance
                 * @type {{
                 *   (properties: weft.discovery.v1.TrafficReport.$Shape): weft.discovery.v1.TrafficReport & weft.discovery.v1.TrafficReport.$Shape;
                 *   (properties?: weft.discovery.v1.TrafficReport.$Properties): weft.discovery.v1.TrafficReport;
                 * }}
                 */
                TrafficReport.create = function(properties) {
                    return new TrafficReport(properties);
                };

                /**
                 * Encodes the specified TrafficReport message. Does not implicitly {@link weft.discovery.v1.TrafficReport.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.TrafficReport
                 * @static
                 * @param {weft.discovery.v1.TrafficReport.$Properties} message TrafficReport message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TrafficReport.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                    if (message.counts != null && message.counts.length)
                        for (let i = 0; i < message.counts.length; ++i)
                            $root.weft.discovery.v1.TrafficCount.encode(message.counts[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TrafficReport message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.TrafficReport
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.TrafficReport & weft.discovery.v1.TrafficReport.$Shape} TrafficReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TrafficReport.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.TrafficReport();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.counts && message.counts.length))
                                    message.counts = [];
                                message.counts.push($root.weft.discovery.v1.TrafficCount.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return TrafficReport;
            })();

            v1.TrafficCount = (function() {

                /**
                 * Properties of a TrafficCount.
                 * @typedef {Object} weft.discovery.v1.TrafficCount.$Properties
                 * @property {string|null} [service] TrafficCount service
                 * @property {string|null} [workload] TrafficCount workload
                 * @property {string|null} [source] TrafficCount source
                 * @property {string|null} [destination] TrafficCount destination
                 * @property {string|null} [protocol] TrafficCount protocol
                 * @property {string|null} [direction] TrafficCount direction
                 * @property {string|null} [security] TrafficCount security
                 * @property {number|null} [successes] TrafficCount successes
                 * @property {number|null} [failures] TrafficCount failures
                 * @property {Object.<string,number>|null} [faults] TrafficCount faults
                 * @property {number|null} [retries] TrafficCount retries
                 * @property {number|null} [bytesSent] TrafficCount bytesSent
                 * @property {number|null} [bytesReceived] TrafficCount bytesReceived
                 * @property {number|null} [connectionsOpened] TrafficCount connectionsOpened
                 * @property {number|null} [connectionsOpen] TrafficCount connectionsOpen
                 * @property {Object.<string,number>|null} [latencyBuckets] TrafficCount latencyBuckets
                 * @property {number|null} [latencySumMs] TrafficCount latencySumMs
                 * @property {Object.<string,number>|null} [addedBuckets] TrafficCount addedBuckets
                 * @property {number|null} [addedSumMs] TrafficCount addedSumMs
                 * @property {string|null} [addressed] TrafficCount addressed
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TrafficCount.
                 * @memberof weft.discovery.v1
                 * @interface ITrafficCount
                 * @augments weft.discovery.v1.TrafficCount.$Properties
                 * @deprecated Use weft.discovery.v1.TrafficCount.$Properties instead.
                 */

                /**
                 * Shape of a TrafficCount.
                 * @typedef {weft.discovery.v1.TrafficCount.$Properties} weft.discovery.v1.TrafficCount.$Shape
                 */

                /**
                 * Constructs a new TrafficCount.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a TrafficCount.
                 * @constructor
                 * @param {weft.discovery.v1.TrafficCount.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TrafficCount = function (properties) {
                    this.faults = {};
                    this.latencyBuckets = {};
                    this.addedBuckets = {};
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * TrafficCount service.
                 * @member {string} service
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.service = "";

                /**
                 * TrafficCount workload.
                 * @member {string} workload
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.workload = "";

                /**
                 * TrafficCount source.
                 * @member {string} source
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.source = "";

                /**
                 * TrafficCount destination.
                 * @member {string} destination
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.destination = "";

                /**
                 * TrafficCount protocol.
                 * @member {string} protocol
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.protocol = "";

                /**
                 * TrafficCount direction.
                 * @member {string} direction
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.direction = "";

                /**
                 * TrafficCount security.
                 * @member {string} security
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.security = "";

                /**
                 * TrafficCount successes.
                 * @member {number} successes
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.successes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount failures.
                 * @member {number} failures
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.failures = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount faults.
                 * @member {Object.<string,number>} faults
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.faults = $util.emptyObject;

                /**
                 * TrafficCount retries.
                 * @member {number} retries
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.retries = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount bytesSent.
                 * @member {number} bytesSent
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.bytesSent = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount bytesReceived.
                 * @member {number} bytesReceived
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.bytesReceived = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount connectionsOpened.
                 * @member {number} connectionsOpened
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.connectionsOpened = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount connectionsOpen.
                 * @member {number} connectionsOpen
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.connectionsOpen = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * TrafficCount latencyBuckets.
                 * @member {Object.<string,number>} latencyBuckets
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.latencyBuckets = $util.emptyObject;

                /**
                 * TrafficCount latencySumMs.
                 * @member {number} latencySumMs
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.latencySumMs = 0;

                /**
                 * TrafficCount addedBuckets.
                 * @member {Object.<string,number>} addedBuckets
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.addedBuckets = $util.emptyObject;

                /**
                 * TrafficCount addedSumMs.
                 * @member {number} addedSumMs
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.addedSumMs = 0;

                /**
                 * TrafficCount addressed.
                 * @member {string} addressed
                 * @memberof weft.discovery.v1.TrafficCount
                 * @instance
                 */
                TrafficCount.prototype.addressed = "";

                /**
                 * Creates a new TrafficCount instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.TrafficCount
                 * @static
                 * @param {weft.discovery.v1.TrafficCount.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.TrafficCount} TrafficCount instance
                 * @type {{
                 *   (properties: weft.discovery.v1.TrafficCount.$Shape): weft.discovery.v1.TrafficCount & weft.discovery.v1.TrafficCount.$Shape;
                 *   (properties?: weft.discovery.v1.TrafficCount.$Properties): weft.discovery.v1.TrafficCount;
                 * }}
                 */
                TrafficCount.create = function(properties) {
                    return new TrafficCount(properties);
                };

                /**
                 * Encodes the specified TrafficCount message. Does not implicitly {@link weft.discovery.v1.TrafficCount.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.TrafficCount
                 * @static
                 * @param {weft.discovery.v1.TrafficCount.$Properties} message TrafficCount message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TrafficCount.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.service);
                    if (message.workload != null && $Object.hasOwnProperty.call(message, "workload") && message.workload !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.workload);
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.source);
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.destination);
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.protocol);
                    if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.direction);
                    if (message.security != null && $Object.hasOwnProperty.call(message, "security") && message.security !== "")
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.security);
                    if (message.successes != null && $Object.hasOwnProperty.call(message, "successes") && (typeof message.successes === "object" ? message.successes.low || message.successes.high : message.successes !== 0))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.successes);
                    if (message.failures != null && $Object.hasOwnProperty.call(message, "failures") && (typeof message.failures === "object" ? message.failures.low || message.failures.high : message.failures !== 0))
                        writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.failures);
                    if (message.faults != null && $Object.hasOwnProperty.call(message, "faults"))
                        for (let keys = $Object.keys(message.faults), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 10, wireType 2 =*/82).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 0 =*/16).uint64(message.faults[keys[i]]).ldelim();
                    if (message.retries != null && $Object.hasOwnProperty.call(message, "retries") && (typeof message.retries === "object" ? message.retries.low || message.retries.high : message.retries !== 0))
                        writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.retries);
                    if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && (typeof message.bytesSent === "object" ? message.bytesSent.low || message.bytesSent.high : message.bytesSent !== 0))
                        writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.bytesSent);
                    if (message.bytesReceived != null && $Object.hasOwnProperty.call(message, "bytesReceived") && (typeof message.bytesReceived === "object" ? message.bytesReceived.low || message.bytesReceived.high : message.bytesReceived !== 0))
                        writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.bytesReceived);
                    if (message.connectionsOpened != null && $Object.hasOwnProperty.call(message, "connectionsOpened") && (typeof message.connectionsOpened === "object" ? message.connectionsOpened.low || message.connectionsOpened.high : message.connectionsOpened !== 0))
                        writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.connectionsOpened);
                    if (message.connectionsOpen != null && $Object.hasOwnProperty.call(message, "connectionsOpen") && (typeof message.connectionsOpen === "object" ? message.connectionsOpen.low || message.connectionsOpen.high : message.connectionsOpen !== 0))
                        writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.connectionsOpen);
                    if (message.latencyBuckets != null && $Object.hasOwnProperty.call(message, "latencyBuckets"))
                        for (let keys = $Object.keys(message.latencyBuckets), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 16, wireType 2 =*/130).fork().uint32(/* id 1, wireType 0 =*/8).uint32(keys[i]).uint32(/* id 2, wireType 0 =*/16).uint64(message.latencyBuckets[keys[i]]).ldelim();
                    if (message.latencySumMs != null && $Object.hasOwnProperty.call(message, "latencySumMs") && !$Object.is(message.latencySumMs, 0))
                        writer.uint32(/* id 17, wireType 1 =*/137).double(message.latencySumMs);
                    if (message.addedBuckets != null && $Object.hasOwnProperty.call(message, "addedBuckets"))
                        for (let keys = $Object.keys(message.addedBuckets), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 18, wireType 2 =*/146).fork().uint32(/* id 1, wireType 0 =*/8).uint32(keys[i]).uint32(/* id 2, wireType 0 =*/16).uint64(message.addedBuckets[keys[i]]).ldelim();
                    if (message.addedSumMs != null && $Object.hasOwnProperty.call(message, "addedSumMs") && !$Object.is(message.addedSumMs, 0))
                        writer.uint32(/* id 19, wireType 1 =*/153).double(message.addedSumMs);
                    if (message.addressed != null && $Object.hasOwnProperty.call(message, "addressed") && message.addressed !== "")
                        writer.uint32(/* id 20, wireType 2 =*/162).string(message.addressed);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TrafficCount message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.TrafficCount
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.TrafficCount & weft.discovery.v1.TrafficCount.$Shape} TrafficCount
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TrafficCount.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.TrafficCount();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.workload = value;
                                else
                                    delete message.workload;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.source = value;
                                else
                                    delete message.source;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.destination = value;
                                else
                                    delete message.destination;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.direction = value;
                                else
                                    delete message.direction;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.security = value;
                                else
                                    delete message.security;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.successes = value;
                                else
                                    delete message.successes;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.failures = value;
                                else
                                    delete message.failures;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if (message.faults === $util.emptyObject)
                                    message.faults = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = $util.Long ? $util.Long.fromNumber(0, true) : 0;
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 0)
                                            break;
                                        value = reader.uint64();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.faults, key);
                                message.faults[key] = value;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.retries = value;
                                else
                                    delete message.retries;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytesSent = value;
                                else
                                    delete message.bytesSent;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytesReceived = value;
                                else
                                    delete message.bytesReceived;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.connectionsOpened = value;
                                else
                                    delete message.connectionsOpened;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.connectionsOpen = value;
                                else
                                    delete message.connectionsOpen;
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                if (message.latencyBuckets === $util.emptyObject)
                                    message.latencyBuckets = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = 0;
                                value = $util.Long ? $util.Long.fromNumber(0, true) : 0;
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 0)
                                            break;
                                        key = reader.uint32();
                                        continue;
                                    case 2:
                                        if (wireType !== 0)
                                            break;
                                        value = reader.uint64();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                message.latencyBuckets[key] = value;
                                continue;
                            }
                        case 17: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.latencySumMs = value;
                                else
                                    delete message.latencySumMs;
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                if (message.addedBuckets === $util.emptyObject)
                                    message.addedBuckets = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = 0;
                                value = $util.Long ? $util.Long.fromNumber(0, true) : 0;
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 0)
                                            break;
                                        key = reader.uint32();
                                        continue;
                                    case 2:
                                        if (wireType !== 0)
                                            break;
                                        value = reader.uint64();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                message.addedBuckets[key] = value;
                                continue;
                            }
                        case 19: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.addedSumMs = value;
                                else
                                    delete message.addedSumMs;
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.addressed = value;
                                else
                                    delete message.addressed;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return TrafficCount;
            })();

            v1.ReportSummary = (function() {

                /**
                 * Properties of a ReportSummary.
                 * @typedef {Object} weft.discovery.v1.ReportSummary.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReportSummary.
                 * @memberof weft.discovery.v1
                 * @interface IReportSummary
                 * @augments weft.discovery.v1.ReportSummary.$Properties
                 * @deprecated Use weft.discovery.v1.ReportSummary.$Properties instead.
                 */

                /**
                 * Shape of a ReportSummary.
                 * @typedef {weft.discovery.v1.ReportSummary.$Properties} weft.discovery.v1.ReportSummary.$Shape
                 */

                /**
                 * Constructs a new ReportSummary.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a ReportSummary.
                 * @constructor
                 * @param {weft.discovery.v1.ReportSummary.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReportSummary = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Creates a new ReportSummary instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.ReportSummary
                 * @static
                 * @param {weft.discovery.v1.ReportSummary.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.ReportSummary} ReportSummary instance
                 * @type {{
                 *   (properties: weft.discovery.v1.ReportSummary.$Shape): weft.discovery.v1.ReportSummary & weft.discovery.v1.ReportSummary.$Shape;
                 *   (properties?: weft.discovery.v1.ReportSummary.$Properties): weft.discovery.v1.ReportSummary;
                 * }}
                 */
                ReportSummary.create = function(properties) {
                    return new ReportSummary(properties);
                };

                /**
                 * Encodes the specified ReportSummary message. Does not implicitly {@link weft.discovery.v1.ReportSummary.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.ReportSummary
                 * @static
                 * @param {weft.discovery.v1.ReportSummary.$Properties} message ReportSummary message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReportSummary.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReportSummary message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.ReportSummary
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ReportSummary & weft.discovery.v1.ReportSummary.$Shape} ReportSummary
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReportSummary.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.ReportSummary();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ReportSummary;
            })();

            v1.Service = (function() {

                /**
                 * Properties of a Service.
                 * @typedef {Object} weft.discovery.v1.Service.$Properties
                 * @property {string|null} [namespace] Service namespace
                 * @property {string|null} [name] Service name
                 * @property {string|null} [address4] Service address4
                 * @property {string|null} [address6] Service address6
                 * @property {Array.<weft.discovery.v1.ServicePort.$Properties>|null} [ports] Service ports
                 * @property {Object.<string,string>|null} [selector] Service selector
                 * @property {boolean|null} [isHeadless] Service isHeadless
                 * @property {boolean|null} [publishNotReady] Service publishNotReady
                 * @property {string|null} [distribution] Service distribution
                 * @property {boolean|null} [isSticky] Service isSticky
                 * @property {boolean|null} [isMeshed] Service isMeshed
                 * @property {Array.<number>|null} [webhookPorts] Service webhookPorts
                 * @property {Array.<weft.discovery.v1.ServiceEndpoint.$Properties>|null} [endpoints] Service endpoints
                 * @property {Array.<string>|null} [sharedAddresses] Service sharedAddresses
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Service.
                 * @memberof weft.discovery.v1
                 * @interface IService
                 * @augments weft.discovery.v1.Service.$Properties
                 * @deprecated Use weft.discovery.v1.Service.$Properties instead.
                 */

                /**
                 * Shape of a Service.
                 * @typedef {weft.discovery.v1.Service.$Properties} weft.discovery.v1.Service.$Shape
                 */

                /**
                 * Constructs a new Service.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Service.
                 * @constructor
                 * @param {weft.discovery.v1.Service.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Service = function (properties) {
                    this.ports = [];
                    this.selector = {};
                    this.webhookPorts = [];
                    this.endpoints = [];
                    this.sharedAddresses = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Service namespace.
                 * @member {string} namespace
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.namespace = "";

                /**
                 * Service name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.name = "";

                /**
                 * Service address4.
                 * @member {string} address4
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.address4 = "";

                /**
                 * Service address6.
                 * @member {string} address6
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.address6 = "";

                /**
                 * Service ports.
                 * @member {Array.<weft.discovery.v1.ServicePort.$Properties>} ports
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.ports = $util.emptyArray;

                /**
                 * Service selector.
                 * @member {Object.<string,string>} selector
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.selector = $util.emptyObject;

                /**
                 * Service isHeadless.
                 * @member {boolean} isHeadless
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.isHeadless = false;

                /**
                 * Service publishNotReady.
                 * @member {boolean} publishNotReady
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.publishNotReady = false;

                /**
                 * Service distribution.
                 * @member {string} distribution
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.distribution = "";

                /**
                 * Service isSticky.
                 * @member {boolean} isSticky
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.isSticky = false;

                /**
                 * Service isMeshed.
                 * @member {boolean} isMeshed
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.isMeshed = false;

                /**
                 * Service webhookPorts.
                 * @member {Array.<number>} webhookPorts
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.webhookPorts = $util.emptyArray;

                /**
                 * Service endpoints.
                 * @member {Array.<weft.discovery.v1.ServiceEndpoint.$Properties>} endpoints
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.endpoints = $util.emptyArray;

                /**
                 * Service sharedAddresses.
                 * @member {Array.<string>} sharedAddresses
                 * @memberof weft.discovery.v1.Service
                 * @instance
                 */
                Service.prototype.sharedAddresses = $util.emptyArray;

                /**
                 * Creates a new Service instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Service
                 * @static
                 * @param {weft.discovery.v1.Service.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Service} Service instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Service.$Shape): weft.discovery.v1.Service & weft.discovery.v1.Service.$Shape;
                 *   (properties?: weft.discovery.v1.Service.$Properties): weft.discovery.v1.Service;
                 * }}
                 */
                Service.create = function(properties) {
                    return new Service(properties);
                };

                /**
                 * Encodes the specified Service message. Does not implicitly {@link weft.discovery.v1.Service.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Service
                 * @static
                 * @param {weft.discovery.v1.Service.$Properties} message Service message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Service.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                    if (message.address4 != null && $Object.hasOwnProperty.call(message, "address4") && message.address4 !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.address4);
                    if (message.address6 != null && $Object.hasOwnProperty.call(message, "address6") && message.address6 !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.address6);
                    if (message.ports != null && message.ports.length)
                        for (let i = 0; i < message.ports.length; ++i)
                            $root.weft.discovery.v1.ServicePort.encode(message.ports[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.selector != null && $Object.hasOwnProperty.call(message, "selector"))
                        for (let keys = $Object.keys(message.selector), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 6, wireType 2 =*/50).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.selector[keys[i]]).ldelim();
                    if (message.isHeadless != null && $Object.hasOwnProperty.call(message, "isHeadless") && message.isHeadless !== false)
                        writer.uint32(/* id 7, wireType 0 =*/56).bool(message.isHeadless);
                    if (message.publishNotReady != null && $Object.hasOwnProperty.call(message, "publishNotReady") && message.publishNotReady !== false)
                        writer.uint32(/* id 8, wireType 0 =*/64).bool(message.publishNotReady);
                    if (message.distribution != null && $Object.hasOwnProperty.call(message, "distribution") && message.distribution !== "")
                        writer.uint32(/* id 9, wireType 2 =*/74).string(message.distribution);
                    if (message.isSticky != null && $Object.hasOwnProperty.call(message, "isSticky") && message.isSticky !== false)
                        writer.uint32(/* id 10, wireType 0 =*/80).bool(message.isSticky);
                    if (message.isMeshed != null && $Object.hasOwnProperty.call(message, "isMeshed") && message.isMeshed !== false)
                        writer.uint32(/* id 11, wireType 0 =*/88).bool(message.isMeshed);
                    if (message.webhookPorts != null && message.webhookPorts.length)
                        writer.uint32(/* id 12, wireType 2 =*/98).uint32s(message.webhookPorts);
                    if (message.endpoints != null && message.endpoints.length)
                        for (let i = 0; i < message.endpoints.length; ++i)
                            $root.weft.discovery.v1.ServiceEndpoint.encode(message.endpoints[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                    if (message.sharedAddresses != null && message.sharedAddresses.length)
                        for (let i = 0; i < message.sharedAddresses.length; ++i)
                            writer.uint32(/* id 14, wireType 2 =*/114).string(message.sharedAddresses[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Service message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Service
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Service & weft.discovery.v1.Service.$Shape} Service
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Service.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Service();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address4 = value;
                                else
                                    delete message.address4;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address6 = value;
                                else
                                    delete message.address6;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.ports && message.ports.length))
                                    message.ports = [];
                                message.ports.push($root.weft.discovery.v1.ServicePort.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (message.selector === $util.emptyObject)
                                    message.selector = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.selector, key);
                                message.selector[key] = value;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isHeadless = value;
                                else
                                    delete message.isHeadless;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.publishNotReady = value;
                                else
                                    delete message.publishNotReady;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.distribution = value;
                                else
                                    delete message.distribution;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isSticky = value;
                                else
                                    delete message.isSticky;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isMeshed = value;
                                else
                                    delete message.isMeshed;
                                continue;
                            }
                        case 12: {
                                if (wireType === 2) {
                                    if (!(message.webhookPorts && message.webhookPorts.length))
                                        message.webhookPorts = [];
                                    reader.uint32s(message.webhookPorts);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.webhookPorts && message.webhookPorts.length))
                                    message.webhookPorts = [];
                                message.webhookPorts.push(reader.uint32());
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.endpoints && message.endpoints.length))
                                    message.endpoints = [];
                                message.endpoints.push($root.weft.discovery.v1.ServiceEndpoint.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.sharedAddresses && message.sharedAddresses.length))
                                    message.sharedAddresses = [];
                                message.sharedAddresses.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Service;
            })();

            v1.ServicePort = (function() {

                /**
                 * Properties of a ServicePort.
                 * @typedef {Object} weft.discovery.v1.ServicePort.$Properties
                 * @property {number|null} [port] ServicePort port
                 * @property {number|null} [targetPort] ServicePort targetPort
                 * @property {string|null} [name] ServicePort name
                 * @property {string|null} [protocol] ServicePort protocol
                 * @property {string|null} [targetPortName] ServicePort targetPortName
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ServicePort.
                 * @memberof weft.discovery.v1
                 * @interface IServicePort
                 * @augments weft.discovery.v1.ServicePort.$Properties
                 * @deprecated Use weft.discovery.v1.ServicePort.$Properties instead.
                 */

                /**
                 * Shape of a ServicePort.
                 * @typedef {weft.discovery.v1.ServicePort.$Properties} weft.discovery.v1.ServicePort.$Shape
                 */

                /**
                 * Constructs a new ServicePort.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a ServicePort.
                 * @constructor
                 * @param {weft.discovery.v1.ServicePort.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ServicePort = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ServicePort port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.port = 0;

                /**
                 * ServicePort targetPort.
                 * @member {number} targetPort
                 * @memberof weft.discovery.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.targetPort = 0;

                /**
                 * ServicePort name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.name = "";

                /**
                 * ServicePort protocol.
                 * @member {string} protocol
                 * @memberof weft.discovery.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.protocol = "";

                /**
                 * ServicePort targetPortName.
                 * @member {string} targetPortName
                 * @memberof weft.discovery.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.targetPortName = "";

                /**
                 * Creates a new ServicePort instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.ServicePort
                 * @static
                 * @param {weft.discovery.v1.ServicePort.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.ServicePort} ServicePort instance
                 * @type {{
                 *   (properties: weft.discovery.v1.ServicePort.$Shape): weft.discovery.v1.ServicePort & weft.discovery.v1.ServicePort.$Shape;
                 *   (properties?: weft.discovery.v1.ServicePort.$Properties): weft.discovery.v1.ServicePort;
                 * }}
                 */
                ServicePort.create = function(properties) {
                    return new ServicePort(properties);
                };

                /**
                 * Encodes the specified ServicePort message. Does not implicitly {@link weft.discovery.v1.ServicePort.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.ServicePort
                 * @static
                 * @param {weft.discovery.v1.ServicePort.$Properties} message ServicePort message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServicePort.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.port);
                    if (message.targetPort != null && $Object.hasOwnProperty.call(message, "targetPort") && message.targetPort !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.targetPort);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.protocol);
                    if (message.targetPortName != null && $Object.hasOwnProperty.call(message, "targetPortName") && message.targetPortName !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.targetPortName);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ServicePort message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.ServicePort
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ServicePort & weft.discovery.v1.ServicePort.$Shape} ServicePort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServicePort.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.ServicePort();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.targetPort = value;
                                else
                                    delete message.targetPort;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.targetPortName = value;
                                else
                                    delete message.targetPortName;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ServicePort;
            })();

            v1.ServiceEndpoint = (function() {

                /**
                 * Properties of a ServiceEndpoint.
                 * @typedef {Object} weft.discovery.v1.ServiceEndpoint.$Properties
                 * @property {string|null} [address] ServiceEndpoint address
                 * @property {number|null} [port] ServiceEndpoint port
                 * @property {string|null} [portName] ServiceEndpoint portName
                 * @property {string|null} [state] ServiceEndpoint state
                 * @property {string|null} [node] ServiceEndpoint node
                 * @property {string|null} [region] ServiceEndpoint region
                 * @property {string|null} [zone] ServiceEndpoint zone
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ServiceEndpoint.
                 * @memberof weft.discovery.v1
                 * @interface IServiceEndpoint
                 * @augments weft.discovery.v1.ServiceEndpoint.$Properties
                 * @deprecated Use weft.discovery.v1.ServiceEndpoint.$Properties instead.
                 */

                /**
                 * Shape of a ServiceEndpoint.
                 * @typedef {weft.discovery.v1.ServiceEndpoint.$Properties} weft.discovery.v1.ServiceEndpoint.$Shape
                 */

                /**
                 * Constructs a new ServiceEndpoint.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a ServiceEndpoint.
                 * @constructor
                 * @param {weft.discovery.v1.ServiceEndpoint.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ServiceEndpoint = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ServiceEndpoint address.
                 * @member {string} address
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.address = "";

                /**
                 * ServiceEndpoint port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.port = 0;

                /**
                 * ServiceEndpoint portName.
                 * @member {string} portName
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.portName = "";

                /**
                 * ServiceEndpoint state.
                 * @member {string} state
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.state = "";

                /**
                 * ServiceEndpoint node.
                 * @member {string} node
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.node = "";

                /**
                 * ServiceEndpoint region.
                 * @member {string} region
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.region = "";

                /**
                 * ServiceEndpoint zone.
                 * @member {string} zone
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @instance
                 */
                ServiceEndpoint.prototype.zone = "";

                /**
                 * Creates a new ServiceEndpoint instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @static
                 * @param {weft.discovery.v1.ServiceEndpoint.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.ServiceEndpoint} ServiceEndpoint instance
                 * @type {{
                 *   (properties: weft.discovery.v1.ServiceEndpoint.$Shape): weft.discovery.v1.ServiceEndpoint & weft.discovery.v1.ServiceEndpoint.$Shape;
                 *   (properties?: weft.discovery.v1.ServiceEndpoint.$Properties): weft.discovery.v1.ServiceEndpoint;
                 * }}
                 */
                ServiceEndpoint.create = function(properties) {
                    return new ServiceEndpoint(properties);
                };

                /**
                 * Encodes the specified ServiceEndpoint message. Does not implicitly {@link weft.discovery.v1.ServiceEndpoint.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @static
                 * @param {weft.discovery.v1.ServiceEndpoint.$Properties} message ServiceEndpoint message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServiceEndpoint.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.address);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.portName != null && $Object.hasOwnProperty.call(message, "portName") && message.portName !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.portName);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.state);
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.node);
                    if (message.region != null && $Object.hasOwnProperty.call(message, "region") && message.region !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.region);
                    if (message.zone != null && $Object.hasOwnProperty.call(message, "zone") && message.zone !== "")
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.zone);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ServiceEndpoint message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.ServiceEndpoint
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ServiceEndpoint & weft.discovery.v1.ServiceEndpoint.$Shape} ServiceEndpoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServiceEndpoint.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.ServiceEndpoint();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.portName = value;
                                else
                                    delete message.portName;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.region = value;
                                else
                                    delete message.region;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.zone = value;
                                else
                                    delete message.zone;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ServiceEndpoint;
            })();

            v1.Workload = (function() {

                /**
                 * Properties of a Workload.
                 * @typedef {Object} weft.discovery.v1.Workload.$Properties
                 * @property {string|null} [uid] Workload uid
                 * @property {string|null} [namespace] Workload namespace
                 * @property {string|null} [name] Workload name
                 * @property {string|null} [serviceAccount] Workload serviceAccount
                 * @property {Object.<string,string>|null} [labels] Workload labels
                 * @property {string|null} [node] Workload node
                 * @property {string|null} [address] Workload address
                 * @property {number|null} [hbonePort] Workload hbonePort
                 * @property {Array.<weft.discovery.v1.WorkloadPort.$Properties>|null} [ports] Workload ports
                 * @property {string|null} [networkMode] Workload networkMode
                 * @property {string|null} [cgroupPath] Workload cgroupPath
                 * @property {string|null} [netnsPath] Workload netnsPath
                 * @property {boolean|null} [allowPlaintext] Workload allowPlaintext
                 * @property {number|null} [publishPort] Workload publishPort
                 * @property {string|null} [state] Workload state
                 * @property {string|null} [address6] Workload address6
                 * @property {Array.<number>|null} [plaintextPorts] Workload plaintextPorts
                 * @property {Array.<weft.discovery.v1.Probe.$Properties>|null} [probes] Workload probes
                 * @property {string|null} [owner] Workload owner
                 * @property {string|null} [region] Workload region
                 * @property {string|null} [zone] Workload zone
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Workload.
                 * @memberof weft.discovery.v1
                 * @interface IWorkload
                 * @augments weft.discovery.v1.Workload.$Properties
                 * @deprecated Use weft.discovery.v1.Workload.$Properties instead.
                 */

                /**
                 * Shape of a Workload.
                 * @typedef {weft.discovery.v1.Workload.$Properties} weft.discovery.v1.Workload.$Shape
                 */

                /**
                 * Constructs a new Workload.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Workload.
                 * @constructor
                 * @param {weft.discovery.v1.Workload.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Workload = function (properties) {
                    this.labels = {};
                    this.ports = [];
                    this.plaintextPorts = [];
                    this.probes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Workload uid.
                 * @member {string} uid
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.uid = "";

                /**
                 * Workload namespace.
                 * @member {string} namespace
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.namespace = "";

                /**
                 * Workload name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.name = "";

                /**
                 * Workload serviceAccount.
                 * @member {string} serviceAccount
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.serviceAccount = "";

                /**
                 * Workload labels.
                 * @member {Object.<string,string>} labels
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.labels = $util.emptyObject;

                /**
                 * Workload node.
                 * @member {string} node
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.node = "";

                /**
                 * Workload address.
                 * @member {string} address
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.address = "";

                /**
                 * Workload hbonePort.
                 * @member {number} hbonePort
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.hbonePort = 0;

                /**
                 * Workload ports.
                 * @member {Array.<weft.discovery.v1.WorkloadPort.$Properties>} ports
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.ports = $util.emptyArray;

                /**
                 * Workload networkMode.
                 * @member {string} networkMode
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.networkMode = "";

                /**
                 * Workload cgroupPath.
                 * @member {string} cgroupPath
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.cgroupPath = "";

                /**
                 * Workload netnsPath.
                 * @member {string} netnsPath
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.netnsPath = "";

                /**
                 * Workload allowPlaintext.
                 * @member {boolean} allowPlaintext
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.allowPlaintext = false;

                /**
                 * Workload publishPort.
                 * @member {number} publishPort
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.publishPort = 0;

                /**
                 * Workload state.
                 * @member {string} state
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.state = "";

                /**
                 * Workload address6.
                 * @member {string} address6
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.address6 = "";

                /**
                 * Workload plaintextPorts.
                 * @member {Array.<number>} plaintextPorts
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.plaintextPorts = $util.emptyArray;

                /**
                 * Workload probes.
                 * @member {Array.<weft.discovery.v1.Probe.$Properties>} probes
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.probes = $util.emptyArray;

                /**
                 * Workload owner.
                 * @member {string} owner
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.owner = "";

                /**
                 * Workload region.
                 * @member {string} region
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.region = "";

                /**
                 * Workload zone.
                 * @member {string} zone
                 * @memberof weft.discovery.v1.Workload
                 * @instance
                 */
                Workload.prototype.zone = "";

                /**
                 * Creates a new Workload instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Workload
                 * @static
                 * @param {weft.discovery.v1.Workload.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Workload} Workload instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Workload.$Shape): weft.discovery.v1.Workload & weft.discovery.v1.Workload.$Shape;
                 *   (properties?: weft.discovery.v1.Workload.$Properties): weft.discovery.v1.Workload;
                 * }}
                 */
                Workload.create = function(properties) {
                    return new Workload(properties);
                };

                /**
                 * Encodes the specified Workload message. Does not implicitly {@link weft.discovery.v1.Workload.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Workload
                 * @static
                 * @param {weft.discovery.v1.Workload.$Properties} message Workload message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Workload.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.uid);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.serviceAccount != null && $Object.hasOwnProperty.call(message, "serviceAccount") && message.serviceAccount !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.serviceAccount);
                    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                        for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 5, wireType 2 =*/42).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.node);
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.address);
                    if (message.hbonePort != null && $Object.hasOwnProperty.call(message, "hbonePort") && message.hbonePort !== 0)
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.hbonePort);
                    if (message.ports != null && message.ports.length)
                        for (let i = 0; i < message.ports.length; ++i)
                            $root.weft.discovery.v1.WorkloadPort.encode(message.ports[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.networkMode != null && $Object.hasOwnProperty.call(message, "networkMode") && message.networkMode !== "")
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.networkMode);
                    if (message.cgroupPath != null && $Object.hasOwnProperty.call(message, "cgroupPath") && message.cgroupPath !== "")
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.cgroupPath);
                    if (message.netnsPath != null && $Object.hasOwnProperty.call(message, "netnsPath") && message.netnsPath !== "")
                        writer.uint32(/* id 12, wireType 2 =*/98).string(message.netnsPath);
                    if (message.allowPlaintext != null && $Object.hasOwnProperty.call(message, "allowPlaintext") && message.allowPlaintext !== false)
                        writer.uint32(/* id 13, wireType 0 =*/104).bool(message.allowPlaintext);
                    if (message.publishPort != null && $Object.hasOwnProperty.call(message, "publishPort") && message.publishPort !== 0)
                        writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.publishPort);
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                        writer.uint32(/* id 15, wireType 2 =*/122).string(message.state);
                    if (message.address6 != null && $Object.hasOwnProperty.call(message, "address6") && message.address6 !== "")
                        writer.uint32(/* id 16, wireType 2 =*/130).string(message.address6);
                    if (message.plaintextPorts != null && message.plaintextPorts.length)
                        writer.uint32(/* id 17, wireType 2 =*/138).uint32s(message.plaintextPorts);
                    if (message.probes != null && message.probes.length)
                        for (let i = 0; i < message.probes.length; ++i)
                            $root.weft.discovery.v1.Probe.encode(message.probes[i], writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                    if (message.owner != null && $Object.hasOwnProperty.call(message, "owner") && message.owner !== "")
                        writer.uint32(/* id 19, wireType 2 =*/154).string(message.owner);
                    if (message.region != null && $Object.hasOwnProperty.call(message, "region") && message.region !== "")
                        writer.uint32(/* id 20, wireType 2 =*/162).string(message.region);
                    if (message.zone != null && $Object.hasOwnProperty.call(message, "zone") && message.zone !== "")
                        writer.uint32(/* id 21, wireType 2 =*/170).string(message.zone);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Workload message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Workload
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Workload & weft.discovery.v1.Workload.$Shape} Workload
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Workload.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Workload();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serviceAccount = value;
                                else
                                    delete message.serviceAccount;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (message.labels === $util.emptyObject)
                                    message.labels = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.labels, key);
                                message.labels[key] = value;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.hbonePort = value;
                                else
                                    delete message.hbonePort;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.ports && message.ports.length))
                                    message.ports = [];
                                message.ports.push($root.weft.discovery.v1.WorkloadPort.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.networkMode = value;
                                else
                                    delete message.networkMode;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.cgroupPath = value;
                                else
                                    delete message.cgroupPath;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.netnsPath = value;
                                else
                                    delete message.netnsPath;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.allowPlaintext = value;
                                else
                                    delete message.allowPlaintext;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.publishPort = value;
                                else
                                    delete message.publishPort;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.state = value;
                                else
                                    delete message.state;
                                continue;
                            }
                        case 16: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address6 = value;
                                else
                                    delete message.address6;
                                continue;
                            }
                        case 17: {
                                if (wireType === 2) {
                                    if (!(message.plaintextPorts && message.plaintextPorts.length))
                                        message.plaintextPorts = [];
                                    reader.uint32s(message.plaintextPorts);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.plaintextPorts && message.plaintextPorts.length))
                                    message.plaintextPorts = [];
                                message.plaintextPorts.push(reader.uint32());
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.probes && message.probes.length))
                                    message.probes = [];
                                message.probes.push($root.weft.discovery.v1.Probe.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 19: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.owner = value;
                                else
                                    delete message.owner;
                                continue;
                            }
                        case 20: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.region = value;
                                else
                                    delete message.region;
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.zone = value;
                                else
                                    delete message.zone;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Workload;
            })();

            v1.WorkloadPort = (function() {

                /**
                 * Properties of a WorkloadPort.
                 * @typedef {Object} weft.discovery.v1.WorkloadPort.$Properties
                 * @property {number|null} [port] WorkloadPort port
                 * @property {string|null} [protocol] WorkloadPort protocol
                 * @property {string|null} [name] WorkloadPort name
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WorkloadPort.
                 * @memberof weft.discovery.v1
                 * @interface IWorkloadPort
                 * @augments weft.discovery.v1.WorkloadPort.$Properties
                 * @deprecated Use weft.discovery.v1.WorkloadPort.$Properties instead.
                 */

                /**
                 * Shape of a WorkloadPort.
                 * @typedef {weft.discovery.v1.WorkloadPort.$Properties} weft.discovery.v1.WorkloadPort.$Shape
                 */

                /**
                 * Constructs a new WorkloadPort.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a WorkloadPort.
                 * @constructor
                 * @param {weft.discovery.v1.WorkloadPort.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WorkloadPort = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WorkloadPort port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.WorkloadPort
                 * @instance
                 */
                WorkloadPort.prototype.port = 0;

                /**
                 * WorkloadPort protocol.
                 * @member {string} protocol
                 * @memberof weft.discovery.v1.WorkloadPort
                 * @instance
                 */
                WorkloadPort.prototype.protocol = "";

                /**
                 * WorkloadPort name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.WorkloadPort
                 * @instance
                 */
                WorkloadPort.prototype.name = "";

                /**
                 * Creates a new WorkloadPort instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.WorkloadPort
                 * @static
                 * @param {weft.discovery.v1.WorkloadPort.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.WorkloadPort} WorkloadPort instance
                 * @type {{
                 *   (properties: weft.discovery.v1.WorkloadPort.$Shape): weft.discovery.v1.WorkloadPort & weft.discovery.v1.WorkloadPort.$Shape;
                 *   (properties?: weft.discovery.v1.WorkloadPort.$Properties): weft.discovery.v1.WorkloadPort;
                 * }}
                 */
                WorkloadPort.create = function(properties) {
                    return new WorkloadPort(properties);
                };

                /**
                 * Encodes the specified WorkloadPort message. Does not implicitly {@link weft.discovery.v1.WorkloadPort.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.WorkloadPort
                 * @static
                 * @param {weft.discovery.v1.WorkloadPort.$Properties} message WorkloadPort message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WorkloadPort.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.port);
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.protocol);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WorkloadPort message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.WorkloadPort
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.WorkloadPort & weft.discovery.v1.WorkloadPort.$Shape} WorkloadPort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WorkloadPort.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.WorkloadPort();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return WorkloadPort;
            })();

            v1.Probe = (function() {

                /**
                 * Properties of a Probe.
                 * @typedef {Object} weft.discovery.v1.Probe.$Properties
                 * @property {string|null} [type] Probe type
                 * @property {number|null} [port] Probe port
                 * @property {string|null} [path] Probe path
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Probe.
                 * @memberof weft.discovery.v1
                 * @interface IProbe
                 * @augments weft.discovery.v1.Probe.$Properties
                 * @deprecated Use weft.discovery.v1.Probe.$Properties instead.
                 */

                /**
                 * Shape of a Probe.
                 * @typedef {weft.discovery.v1.Probe.$Properties} weft.discovery.v1.Probe.$Shape
                 */

                /**
                 * Constructs a new Probe.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Probe.
                 * @constructor
                 * @param {weft.discovery.v1.Probe.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Probe = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Probe type.
                 * @member {string} type
                 * @memberof weft.discovery.v1.Probe
                 * @instance
                 */
                Probe.prototype.type = "";

                /**
                 * Probe port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.Probe
                 * @instance
                 */
                Probe.prototype.port = 0;

                /**
                 * Probe path.
                 * @member {string} path
                 * @memberof weft.discovery.v1.Probe
                 * @instance
                 */
                Probe.prototype.path = "";

                /**
                 * Creates a new Probe instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Probe
                 * @static
                 * @param {weft.discovery.v1.Probe.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Probe} Probe instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Probe.$Shape): weft.discovery.v1.Probe & weft.discovery.v1.Probe.$Shape;
                 *   (properties?: weft.discovery.v1.Probe.$Properties): weft.discovery.v1.Probe;
                 * }}
                 */
                Probe.create = function(properties) {
                    return new Probe(properties);
                };

                /**
                 * Encodes the specified Probe message. Does not implicitly {@link weft.discovery.v1.Probe.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Probe
                 * @static
                 * @param {weft.discovery.v1.Probe.$Properties} message Probe message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Probe.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.type);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.path);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Probe message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Probe
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Probe & weft.discovery.v1.Probe.$Shape} Probe
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Probe.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Probe();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Probe;
            })();

            v1.Route = (function() {

                /**
                 * Properties of a Route.
                 * @typedef {Object} weft.discovery.v1.Route.$Properties
                 * @property {string|null} [service] Route service
                 * @property {number|null} [port] Route port
                 * @property {Array.<weft.discovery.v1.RouteRule.$Properties>|null} [rules] Route rules
                 * @property {string|null} [clientNamespace] Route clientNamespace
                 * @property {weft.discovery.v1.ConnectionRule.$Properties|null} [relay] Route relay
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Route.
                 * @memberof weft.discovery.v1
                 * @interface IRoute
                 * @augments weft.discovery.v1.Route.$Properties
                 * @deprecated Use weft.discovery.v1.Route.$Properties instead.
                 */

                /**
                 * Shape of a Route.
                 * @typedef {weft.discovery.v1.Route.$Properties} weft.discovery.v1.Route.$Shape
                 */

                /**
                 * Constructs a new Route.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Route.
                 * @constructor
                 * @param {weft.discovery.v1.Route.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Route = function (properties) {
                    this.rules = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Route service.
                 * @member {string} service
                 * @memberof weft.discovery.v1.Route
                 * @instance
                 */
                Route.prototype.service = "";

                /**
                 * Route port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.Route
                 * @instance
                 */
                Route.prototype.port = 0;

                /**
                 * Route rules.
                 * @member {Array.<weft.discovery.v1.RouteRule.$Properties>} rules
                 * @memberof weft.discovery.v1.Route
                 * @instance
                 */
                Route.prototype.rules = $util.emptyArray;

                /**
                 * Route clientNamespace.
                 * @member {string} clientNamespace
                 * @memberof weft.discovery.v1.Route
                 * @instance
                 */
                Route.prototype.clientNamespace = "";

                /**
                 * Route relay.
                 * @member {weft.discovery.v1.ConnectionRule.$Properties|null|undefined} relay
                 * @memberof weft.discovery.v1.Route
                 * @instance
                 */
                Route.prototype.relay = null;

                /**
                 * Creates a new Route instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Route
                 * @static
                 * @param {weft.discovery.v1.Route.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Route} Route instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Route.$Shape): weft.discovery.v1.Route & weft.discovery.v1.Route.$Shape;
                 *   (properties?: weft.discovery.v1.Route.$Properties): weft.discovery.v1.Route;
                 * }}
                 */
                Route.create = function(properties) {
                    return new Route(properties);
                };

                /**
                 * Encodes the specified Route message. Does not implicitly {@link weft.discovery.v1.Route.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Route
                 * @static
                 * @param {weft.discovery.v1.Route.$Properties} message Route message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Route.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.service);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.rules != null && message.rules.length)
                        for (let i = 0; i < message.rules.length; ++i)
                            $root.weft.discovery.v1.RouteRule.encode(message.rules[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.clientNamespace != null && $Object.hasOwnProperty.call(message, "clientNamespace") && message.clientNamespace !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.clientNamespace);
                    if (message.relay != null && $Object.hasOwnProperty.call(message, "relay"))
                        $root.weft.discovery.v1.ConnectionRule.encode(message.relay, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Route message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Route
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Route & weft.discovery.v1.Route.$Shape} Route
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Route.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Route();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.rules && message.rules.length))
                                    message.rules = [];
                                message.rules.push($root.weft.discovery.v1.RouteRule.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clientNamespace = value;
                                else
                                    delete message.clientNamespace;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.relay = $root.weft.discovery.v1.ConnectionRule.decode(reader, reader.size(), $undefined, _depth + 1, message.relay);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Route;
            })();

            v1.ConnectionRule = (function() {

                /**
                 * Properties of a ConnectionRule.
                 * @typedef {Object} weft.discovery.v1.ConnectionRule.$Properties
                 * @property {string|null} [name] ConnectionRule name
                 * @property {Array.<weft.discovery.v1.WeightedBackend.$Properties>|null} [backends] ConnectionRule backends
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ConnectionRule.
                 * @memberof weft.discovery.v1
                 * @interface IConnectionRule
                 * @augments weft.discovery.v1.ConnectionRule.$Properties
                 * @deprecated Use weft.discovery.v1.ConnectionRule.$Properties instead.
                 */

                /**
                 * Shape of a ConnectionRule.
                 * @typedef {weft.discovery.v1.ConnectionRule.$Properties} weft.discovery.v1.ConnectionRule.$Shape
                 */

                /**
                 * Constructs a new ConnectionRule.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a ConnectionRule.
                 * @constructor
                 * @param {weft.discovery.v1.ConnectionRule.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ConnectionRule = function (properties) {
                    this.backends = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ConnectionRule name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.ConnectionRule
                 * @instance
                 */
                ConnectionRule.prototype.name = "";

                /**
                 * ConnectionRule backends.
                 * @member {Array.<weft.discovery.v1.WeightedBackend.$Properties>} backends
                 * @memberof weft.discovery.v1.ConnectionRule
                 * @instance
                 */
                ConnectionRule.prototype.backends = $util.emptyArray;

                /**
                 * Creates a new ConnectionRule instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.ConnectionRule
                 * @static
                 * @param {weft.discovery.v1.ConnectionRule.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.ConnectionRule} ConnectionRule instance
                 * @type {{
                 *   (properties: weft.discovery.v1.ConnectionRule.$Shape): weft.discovery.v1.ConnectionRule & weft.discovery.v1.ConnectionRule.$Shape;
                 *   (properties?: weft.discovery.v1.ConnectionRule.$Properties): weft.discovery.v1.ConnectionRule;
                 * }}
                 */
                ConnectionRule.create = function(properties) {
                    return new ConnectionRule(properties);
                };

                /**
                 * Encodes the specified ConnectionRule message. Does not implicitly {@link weft.discovery.v1.ConnectionRule.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.ConnectionRule
                 * @static
                 * @param {weft.discovery.v1.ConnectionRule.$Properties} message ConnectionRule message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ConnectionRule.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.backends != null && message.backends.length)
                        for (let i = 0; i < message.backends.length; ++i)
                            $root.weft.discovery.v1.WeightedBackend.encode(message.backends[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ConnectionRule message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.ConnectionRule
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ConnectionRule & weft.discovery.v1.ConnectionRule.$Shape} ConnectionRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ConnectionRule.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.ConnectionRule();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.backends && message.backends.length))
                                    message.backends = [];
                                message.backends.push($root.weft.discovery.v1.WeightedBackend.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ConnectionRule;
            })();

            v1.RouteRule = (function() {

                /**
                 * Properties of a RouteRule.
                 * @typedef {Object} weft.discovery.v1.RouteRule.$Properties
                 * @property {string|null} [name] RouteRule name
                 * @property {Array.<weft.discovery.v1.RouteMatch.$Properties>|null} [matches] RouteRule matches
                 * @property {weft.discovery.v1.HeaderChange.$Properties|null} [requestHeaders] RouteRule requestHeaders
                 * @property {weft.discovery.v1.HeaderChange.$Properties|null} [replyHeaders] RouteRule replyHeaders
                 * @property {Array.<weft.discovery.v1.WeightedBackend.$Properties>|null} [backends] RouteRule backends
                 * @property {number|null} [requestTimeoutMs] RouteRule requestTimeoutMs
                 * @property {number|null} [attemptTimeoutMs] RouteRule attemptTimeoutMs
                 * @property {weft.discovery.v1.RetryPolicy.$Properties|null} [retry] RouteRule retry
                 * @property {weft.discovery.v1.Redirect.$Properties|null} [redirect] RouteRule redirect
                 * @property {weft.discovery.v1.Rewrite.$Properties|null} [rewrite] RouteRule rewrite
                 * @property {Array.<weft.discovery.v1.Mirror.$Properties>|null} [mirrors] RouteRule mirrors
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RouteRule.
                 * @memberof weft.discovery.v1
                 * @interface IRouteRule
                 * @augments weft.discovery.v1.RouteRule.$Properties
                 * @deprecated Use weft.discovery.v1.RouteRule.$Properties instead.
                 */

                /**
                 * Shape of a RouteRule.
                 * @typedef {weft.discovery.v1.RouteRule.$Properties} weft.discovery.v1.RouteRule.$Shape
                 */

                /**
                 * Constructs a new RouteRule.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a RouteRule.
                 * @constructor
                 * @param {weft.discovery.v1.RouteRule.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RouteRule = function (properties) {
                    this.matches = [];
                    this.backends = [];
                    this.mirrors = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RouteRule name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.name = "";

                /**
                 * RouteRule matches.
                 * @member {Array.<weft.discovery.v1.RouteMatch.$Properties>} matches
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.matches = $util.emptyArray;

                /**
                 * RouteRule requestHeaders.
                 * @member {weft.discovery.v1.HeaderChange.$Properties|null|undefined} requestHeaders
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.requestHeaders = null;

                /**
                 * RouteRule replyHeaders.
                 * @member {weft.discovery.v1.HeaderChange.$Properties|null|undefined} replyHeaders
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.replyHeaders = null;

                /**
                 * RouteRule backends.
                 * @member {Array.<weft.discovery.v1.WeightedBackend.$Properties>} backends
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.backends = $util.emptyArray;

                /**
                 * RouteRule requestTimeoutMs.
                 * @member {number} requestTimeoutMs
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.requestTimeoutMs = 0;

                /**
                 * RouteRule attemptTimeoutMs.
                 * @member {number} attemptTimeoutMs
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.attemptTimeoutMs = 0;

                /**
                 * RouteRule retry.
                 * @member {weft.discovery.v1.RetryPolicy.$Properties|null|undefined} retry
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.retry = null;

                /**
                 * RouteRule redirect.
                 * @member {weft.discovery.v1.Redirect.$Properties|null|undefined} redirect
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.redirect = null;

                /**
                 * RouteRule rewrite.
                 * @member {weft.discovery.v1.Rewrite.$Properties|null|undefined} rewrite
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.rewrite = null;

                /**
                 * RouteRule mirrors.
                 * @member {Array.<weft.discovery.v1.Mirror.$Properties>} mirrors
                 * @memberof weft.discovery.v1.RouteRule
                 * @instance
                 */
                RouteRule.prototype.mirrors = $util.emptyArray;

                /**
                 * Creates a new RouteRule instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.RouteRule
                 * @static
                 * @param {weft.discovery.v1.RouteRule.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.RouteRule} RouteRule instance
                 * @type {{
                 *   (properties: weft.discovery.v1.RouteRule.$Shape): weft.discovery.v1.RouteRule & weft.discovery.v1.RouteRule.$Shape;
                 *   (properties?: weft.discovery.v1.RouteRule.$Properties): weft.discovery.v1.RouteRule;
                 * }}
                 */
                RouteRule.create = function(properties) {
                    return new RouteRule(properties);
                };

                /**
                 * Encodes the specified RouteRule message. Does not implicitly {@link weft.discovery.v1.RouteRule.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.RouteRule
                 * @static
                 * @param {weft.discovery.v1.RouteRule.$Properties} message RouteRule message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RouteRule.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.matches != null && message.matches.length)
                        for (let i = 0; i < message.matches.length; ++i)
                            $root.weft.discovery.v1.RouteMatch.encode(message.matches[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.requestHeaders != null && $Object.hasOwnProperty.call(message, "requestHeaders"))
                        $root.weft.discovery.v1.HeaderChange.encode(message.requestHeaders, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.replyHeaders != null && $Object.hasOwnProperty.call(message, "replyHeaders"))
                        $root.weft.discovery.v1.HeaderChange.encode(message.replyHeaders, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.backends != null && message.backends.length)
                        for (let i = 0; i < message.backends.length; ++i)
                            $root.weft.discovery.v1.WeightedBackend.encode(message.backends[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.requestTimeoutMs != null && $Object.hasOwnProperty.call(message, "requestTimeoutMs") && message.requestTimeoutMs !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.requestTimeoutMs);
                    if (message.attemptTimeoutMs != null && $Object.hasOwnProperty.call(message, "attemptTimeoutMs") && message.attemptTimeoutMs !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.attemptTimeoutMs);
                    if (message.retry != null && $Object.hasOwnProperty.call(message, "retry"))
                        $root.weft.discovery.v1.RetryPolicy.encode(message.retry, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.redirect != null && $Object.hasOwnProperty.call(message, "redirect"))
                        $root.weft.discovery.v1.Redirect.encode(message.redirect, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.rewrite != null && $Object.hasOwnProperty.call(message, "rewrite"))
                        $root.weft.discovery.v1.Rewrite.encode(message.rewrite, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.mirrors != null && message.mirrors.length)
                        for (let i = 0; i < message.mirrors.length; ++i)
                            $root.weft.discovery.v1.Mirror.encode(message.mirrors[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RouteRule message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.RouteRule
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.RouteRule & weft.discovery.v1.RouteRule.$Shape} RouteRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RouteRule.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.RouteRule();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.matches && message.matches.length))
                                    message.matches = [];
                                message.matches.push($root.weft.discovery.v1.RouteMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.requestHeaders = $root.weft.discovery.v1.HeaderChange.decode(reader, reader.size(), $undefined, _depth + 1, message.requestHeaders);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.replyHeaders = $root.weft.discovery.v1.HeaderChange.decode(reader, reader.size(), $undefined, _depth + 1, message.replyHeaders);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.backends && message.backends.length))
                                    message.backends = [];
                                message.backends.push($root.weft.discovery.v1.WeightedBackend.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.requestTimeoutMs = value;
                                else
                                    delete message.requestTimeoutMs;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.attemptTimeoutMs = value;
                                else
                                    delete message.attemptTimeoutMs;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.retry = $root.weft.discovery.v1.RetryPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.retry);
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.redirect = $root.weft.discovery.v1.Redirect.decode(reader, reader.size(), $undefined, _depth + 1, message.redirect);
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.rewrite = $root.weft.discovery.v1.Rewrite.decode(reader, reader.size(), $undefined, _depth + 1, message.rewrite);
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.mirrors && message.mirrors.length))
                                    message.mirrors = [];
                                message.mirrors.push($root.weft.discovery.v1.Mirror.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RouteRule;
            })();

            v1.Redirect = (function() {

                /**
                 * Properties of a Redirect.
                 * @typedef {Object} weft.discovery.v1.Redirect.$Properties
                 * @property {string|null} [scheme] Redirect scheme
                 * @property {string|null} [hostname] Redirect hostname
                 * @property {number|null} [port] Redirect port
                 * @property {weft.discovery.v1.PathChange.$Properties|null} [path] Redirect path
                 * @property {number|null} [status] Redirect status
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Redirect.
                 * @memberof weft.discovery.v1
                 * @interface IRedirect
                 * @augments weft.discovery.v1.Redirect.$Properties
                 * @deprecated Use weft.discovery.v1.Redirect.$Properties instead.
                 */

                /**
                 * Shape of a Redirect.
                 * @typedef {weft.discovery.v1.Redirect.$Properties} weft.discovery.v1.Redirect.$Shape
                 */

                /**
                 * Constructs a new Redirect.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Redirect.
                 * @constructor
                 * @param {weft.discovery.v1.Redirect.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Redirect = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Redirect scheme.
                 * @member {string} scheme
                 * @memberof weft.discovery.v1.Redirect
                 * @instance
                 */
                Redirect.prototype.scheme = "";

                /**
                 * Redirect hostname.
                 * @member {string} hostname
                 * @memberof weft.discovery.v1.Redirect
                 * @instance
                 */
                Redirect.prototype.hostname = "";

                /**
                 * Redirect port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.Redirect
                 * @instance
                 */
                Redirect.prototype.port = 0;

                /**
                 * Redirect path.
                 * @member {weft.discovery.v1.PathChange.$Properties|null|undefined} path
                 * @memberof weft.discovery.v1.Redirect
                 * @instance
                 */
                Redirect.prototype.path = null;

                /**
                 * Redirect status.
                 * @member {number} status
                 * @memberof weft.discovery.v1.Redirect
                 * @instance
                 */
                Redirect.prototype.status = 0;

                /**
                 * Creates a new Redirect instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Redirect
                 * @static
                 * @param {weft.discovery.v1.Redirect.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Redirect} Redirect instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Redirect.$Shape): weft.discovery.v1.Redirect & weft.discovery.v1.Redirect.$Shape;
                 *   (properties?: weft.discovery.v1.Redirect.$Properties): weft.discovery.v1.Redirect;
                 * }}
                 */
                Redirect.create = function(properties) {
                    return new Redirect(properties);
                };

                /**
                 * Encodes the specified Redirect message. Does not implicitly {@link weft.discovery.v1.Redirect.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Redirect
                 * @static
                 * @param {weft.discovery.v1.Redirect.$Properties} message Redirect message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Redirect.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.scheme != null && $Object.hasOwnProperty.call(message, "scheme") && message.scheme !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.scheme);
                    if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.hostname);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.port);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        $root.weft.discovery.v1.PathChange.encode(message.path, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.status);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Redirect message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Redirect
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Redirect & weft.discovery.v1.Redirect.$Shape} Redirect
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Redirect.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Redirect();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.scheme = value;
                                else
                                    delete message.scheme;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.hostname = value;
                                else
                                    delete message.hostname;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.path = $root.weft.discovery.v1.PathChange.decode(reader, reader.size(), $undefined, _depth + 1, message.path);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Redirect;
            })();

            v1.Rewrite = (function() {

                /**
                 * Properties of a Rewrite.
                 * @typedef {Object} weft.discovery.v1.Rewrite.$Properties
                 * @property {string|null} [hostname] Rewrite hostname
                 * @property {weft.discovery.v1.PathChange.$Properties|null} [path] Rewrite path
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Rewrite.
                 * @memberof weft.discovery.v1
                 * @interface IRewrite
                 * @augments weft.discovery.v1.Rewrite.$Properties
                 * @deprecated Use weft.discovery.v1.Rewrite.$Properties instead.
                 */

                /**
                 * Shape of a Rewrite.
                 * @typedef {weft.discovery.v1.Rewrite.$Properties} weft.discovery.v1.Rewrite.$Shape
                 */

                /**
                 * Constructs a new Rewrite.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Rewrite.
                 * @constructor
                 * @param {weft.discovery.v1.Rewrite.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Rewrite = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Rewrite hostname.
                 * @member {string} hostname
                 * @memberof weft.discovery.v1.Rewrite
                 * @instance
                 */
                Rewrite.prototype.hostname = "";

                /**
                 * Rewrite path.
                 * @member {weft.discovery.v1.PathChange.$Properties|null|undefined} path
                 * @memberof weft.discovery.v1.Rewrite
                 * @instance
                 */
                Rewrite.prototype.path = null;

                /**
                 * Creates a new Rewrite instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Rewrite
                 * @static
                 * @param {weft.discovery.v1.Rewrite.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Rewrite} Rewrite instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Rewrite.$Shape): weft.discovery.v1.Rewrite & weft.discovery.v1.Rewrite.$Shape;
                 *   (properties?: weft.discovery.v1.Rewrite.$Properties): weft.discovery.v1.Rewrite;
                 * }}
                 */
                Rewrite.create = function(properties) {
                    return new Rewrite(properties);
                };

                /**
                 * Encodes the specified Rewrite message. Does not implicitly {@link weft.discovery.v1.Rewrite.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Rewrite
                 * @static
                 * @param {weft.discovery.v1.Rewrite.$Properties} message Rewrite message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Rewrite.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname") && message.hostname !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.hostname);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        $root.weft.discovery.v1.PathChange.encode(message.path, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Rewrite message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Rewrite
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Rewrite & weft.discovery.v1.Rewrite.$Shape} Rewrite
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Rewrite.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Rewrite();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.hostname = value;
                                else
                                    delete message.hostname;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.path = $root.weft.discovery.v1.PathChange.decode(reader, reader.size(), $undefined, _depth + 1, message.path);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Rewrite;
            })();

            v1.PathChange = (function() {

                /**
                 * Properties of a PathChange.
                 * @typedef {Object} weft.discovery.v1.PathChange.$Properties
                 * @property {string|null} [type] PathChange type
                 * @property {string|null} [value] PathChange value
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a PathChange.
                 * @memberof weft.discovery.v1
                 * @interface IPathChange
                 * @augments weft.discovery.v1.PathChange.$Properties
                 * @deprecated Use weft.discovery.v1.PathChange.$Properties instead.
                 */

                /**
                 * Shape of a PathChange.
                 * @typedef {weft.discovery.v1.PathChange.$Properties} weft.discovery.v1.PathChange.$Shape
                 */

                /**
                 * Constructs a new PathChange.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a PathChange.
                 * @constructor
                 * @param {weft.discovery.v1.PathChange.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const PathChange = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * PathChange type.
                 * @member {string} type
                 * @memberof weft.discovery.v1.PathChange
                 * @instance
                 */
                PathChange.prototype.type = "";

                /**
                 * PathChange value.
                 * @member {string} value
                 * @memberof weft.discovery.v1.PathChange
                 * @instance
                 */
                PathChange.prototype.value = "";

                /**
                 * Creates a new PathChange instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.PathChange
                 * @static
                 * @param {weft.discovery.v1.PathChange.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.PathChange} PathChange instance
                 * @type {{
                 *   (properties: weft.discovery.v1.PathChange.$Shape): weft.discovery.v1.PathChange & weft.discovery.v1.PathChange.$Shape;
                 *   (properties?: weft.discovery.v1.PathChange.$Properties): weft.discovery.v1.PathChange;
                 * }}
                 */
                PathChange.create = function(properties) {
                    return new PathChange(properties);
                };

                /**
                 * Encodes the specified PathChange message. Does not implicitly {@link weft.discovery.v1.PathChange.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.PathChange
                 * @static
                 * @param {weft.discovery.v1.PathChange.$Properties} message PathChange message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                PathChange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.type);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a PathChange message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.PathChange
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.PathChange & weft.discovery.v1.PathChange.$Shape} PathChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                PathChange.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.PathChange();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return PathChange;
            })();

            v1.Mirror = (function() {

                /**
                 * Properties of a Mirror.
                 * @typedef {Object} weft.discovery.v1.Mirror.$Properties
                 * @property {string|null} [service] Mirror service
                 * @property {number|null} [port] Mirror port
                 * @property {number|null} [ratio] Mirror ratio
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Mirror.
                 * @memberof weft.discovery.v1
                 * @interface IMirror
                 * @augments weft.discovery.v1.Mirror.$Properties
                 * @deprecated Use weft.discovery.v1.Mirror.$Properties instead.
                 */

                /**
                 * Shape of a Mirror.
                 * @typedef {weft.discovery.v1.Mirror.$Properties} weft.discovery.v1.Mirror.$Shape
                 */

                /**
                 * Constructs a new Mirror.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Mirror.
                 * @constructor
                 * @param {weft.discovery.v1.Mirror.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Mirror = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Mirror service.
                 * @member {string} service
                 * @memberof weft.discovery.v1.Mirror
                 * @instance
                 */
                Mirror.prototype.service = "";

                /**
                 * Mirror port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.Mirror
                 * @instance
                 */
                Mirror.prototype.port = 0;

                /**
                 * Mirror ratio.
                 * @member {number} ratio
                 * @memberof weft.discovery.v1.Mirror
                 * @instance
                 */
                Mirror.prototype.ratio = 0;

                /**
                 * Creates a new Mirror instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Mirror
                 * @static
                 * @param {weft.discovery.v1.Mirror.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Mirror} Mirror instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Mirror.$Shape): weft.discovery.v1.Mirror & weft.discovery.v1.Mirror.$Shape;
                 *   (properties?: weft.discovery.v1.Mirror.$Properties): weft.discovery.v1.Mirror;
                 * }}
                 */
                Mirror.create = function(properties) {
                    return new Mirror(properties);
                };

                /**
                 * Encodes the specified Mirror message. Does not implicitly {@link weft.discovery.v1.Mirror.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Mirror
                 * @static
                 * @param {weft.discovery.v1.Mirror.$Properties} message Mirror message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Mirror.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.service);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.ratio != null && $Object.hasOwnProperty.call(message, "ratio") && !$Object.is(message.ratio, 0))
                        writer.uint32(/* id 3, wireType 1 =*/25).double(message.ratio);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Mirror message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Mirror
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Mirror & weft.discovery.v1.Mirror.$Shape} Mirror
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Mirror.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Mirror();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.ratio = value;
                                else
                                    delete message.ratio;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Mirror;
            })();

            v1.RouteMatch = (function() {

                /**
                 * Properties of a RouteMatch.
                 * @typedef {Object} weft.discovery.v1.RouteMatch.$Properties
                 * @property {weft.discovery.v1.StringMatch.$Properties|null} [path] RouteMatch path
                 * @property {string|null} [method] RouteMatch method
                 * @property {Array.<weft.discovery.v1.NamedMatch.$Properties>|null} [headers] RouteMatch headers
                 * @property {Array.<weft.discovery.v1.NamedMatch.$Properties>|null} [query] RouteMatch query
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RouteMatch.
                 * @memberof weft.discovery.v1
                 * @interface IRouteMatch
                 * @augments weft.discovery.v1.RouteMatch.$Properties
                 * @deprecated Use weft.discovery.v1.RouteMatch.$Properties instead.
                 */

                /**
                 * Shape of a RouteMatch.
                 * @typedef {weft.discovery.v1.RouteMatch.$Properties} weft.discovery.v1.RouteMatch.$Shape
                 */

                /**
                 * Constructs a new RouteMatch.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a RouteMatch.
                 * @constructor
                 * @param {weft.discovery.v1.RouteMatch.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RouteMatch = function (properties) {
                    this.headers = [];
                    this.query = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RouteMatch path.
                 * @member {weft.discovery.v1.StringMatch.$Properties|null|undefined} path
                 * @memberof weft.discovery.v1.RouteMatch
                 * @instance
                 */
                RouteMatch.prototype.path = null;

                /**
                 * RouteMatch method.
                 * @member {string} method
                 * @memberof weft.discovery.v1.RouteMatch
                 * @instance
                 */
                RouteMatch.prototype.method = "";

                /**
                 * RouteMatch headers.
                 * @member {Array.<weft.discovery.v1.NamedMatch.$Properties>} headers
                 * @memberof weft.discovery.v1.RouteMatch
                 * @instance
                 */
                RouteMatch.prototype.headers = $util.emptyArray;

                /**
                 * RouteMatch query.
                 * @member {Array.<weft.discovery.v1.NamedMatch.$Properties>} query
                 * @memberof weft.discovery.v1.RouteMatch
                 * @instance
                 */
                RouteMatch.prototype.query = $util.emptyArray;

                /**
                 * Creates a new RouteMatch instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.RouteMatch
                 * @static
                 * @param {weft.discovery.v1.RouteMatch.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.RouteMatch} RouteMatch instance
                 * @type {{
                 *   (properties: weft.discovery.v1.RouteMatch.$Shape): weft.discovery.v1.RouteMatch & weft.discovery.v1.RouteMatch.$Shape;
                 *   (properties?: weft.discovery.v1.RouteMatch.$Properties): weft.discovery.v1.RouteMatch;
                 * }}
                 */
                RouteMatch.create = function(properties) {
                    return new RouteMatch(properties);
                };

                /**
                 * Encodes the specified RouteMatch message. Does not implicitly {@link weft.discovery.v1.RouteMatch.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.RouteMatch
                 * @static
                 * @param {weft.discovery.v1.RouteMatch.$Properties} message RouteMatch message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RouteMatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        $root.weft.discovery.v1.StringMatch.encode(message.path, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.method);
                    if (message.headers != null && message.headers.length)
                        for (let i = 0; i < message.headers.length; ++i)
                            $root.weft.discovery.v1.NamedMatch.encode(message.headers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.query != null && message.query.length)
                        for (let i = 0; i < message.query.length; ++i)
                            $root.weft.discovery.v1.NamedMatch.encode(message.query[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RouteMatch message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.RouteMatch
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.RouteMatch & weft.discovery.v1.RouteMatch.$Shape} RouteMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RouteMatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.RouteMatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.path = $root.weft.discovery.v1.StringMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.path);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.method = value;
                                else
                                    delete message.method;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.headers && message.headers.length))
                                    message.headers = [];
                                message.headers.push($root.weft.discovery.v1.NamedMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.query && message.query.length))
                                    message.query = [];
                                message.query.push($root.weft.discovery.v1.NamedMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RouteMatch;
            })();

            v1.StringMatch = (function() {

                /**
                 * Properties of a StringMatch.
                 * @typedef {Object} weft.discovery.v1.StringMatch.$Properties
                 * @property {string|null} [type] StringMatch type
                 * @property {string|null} [value] StringMatch value
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StringMatch.
                 * @memberof weft.discovery.v1
                 * @interface IStringMatch
                 * @augments weft.discovery.v1.StringMatch.$Properties
                 * @deprecated Use weft.discovery.v1.StringMatch.$Properties instead.
                 */

                /**
                 * Shape of a StringMatch.
                 * @typedef {weft.discovery.v1.StringMatch.$Properties} weft.discovery.v1.StringMatch.$Shape
                 */

                /**
                 * Constructs a new StringMatch.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a StringMatch.
                 * @constructor
                 * @param {weft.discovery.v1.StringMatch.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StringMatch = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StringMatch type.
                 * @member {string} type
                 * @memberof weft.discovery.v1.StringMatch
                 * @instance
                 */
                StringMatch.prototype.type = "";

                /**
                 * StringMatch value.
                 * @member {string} value
                 * @memberof weft.discovery.v1.StringMatch
                 * @instance
                 */
                StringMatch.prototype.value = "";

                /**
                 * Creates a new StringMatch instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.StringMatch
                 * @static
                 * @param {weft.discovery.v1.StringMatch.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.StringMatch} StringMatch instance
                 * @type {{
                 *   (properties: weft.discovery.v1.StringMatch.$Shape): weft.discovery.v1.StringMatch & weft.discovery.v1.StringMatch.$Shape;
                 *   (properties?: weft.discovery.v1.StringMatch.$Properties): weft.discovery.v1.StringMatch;
                 * }}
                 */
                StringMatch.create = function(properties) {
                    return new StringMatch(properties);
                };

                /**
                 * Encodes the specified StringMatch message. Does not implicitly {@link weft.discovery.v1.StringMatch.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.StringMatch
                 * @static
                 * @param {weft.discovery.v1.StringMatch.$Properties} message StringMatch message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StringMatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.type);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StringMatch message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.StringMatch
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.StringMatch & weft.discovery.v1.StringMatch.$Shape} StringMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StringMatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.StringMatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StringMatch;
            })();

            v1.NamedMatch = (function() {

                /**
                 * Properties of a NamedMatch.
                 * @typedef {Object} weft.discovery.v1.NamedMatch.$Properties
                 * @property {string|null} [name] NamedMatch name
                 * @property {weft.discovery.v1.StringMatch.$Properties|null} [value] NamedMatch value
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a NamedMatch.
                 * @memberof weft.discovery.v1
                 * @interface INamedMatch
                 * @augments weft.discovery.v1.NamedMatch.$Properties
                 * @deprecated Use weft.discovery.v1.NamedMatch.$Properties instead.
                 */

                /**
                 * Shape of a NamedMatch.
                 * @typedef {weft.discovery.v1.NamedMatch.$Properties} weft.discovery.v1.NamedMatch.$Shape
                 */

                /**
                 * Constructs a new NamedMatch.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a NamedMatch.
                 * @constructor
                 * @param {weft.discovery.v1.NamedMatch.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const NamedMatch = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * NamedMatch name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.NamedMatch
                 * @instance
                 */
                NamedMatch.prototype.name = "";

                /**
                 * NamedMatch value.
                 * @member {weft.discovery.v1.StringMatch.$Properties|null|undefined} value
                 * @memberof weft.discovery.v1.NamedMatch
                 * @instance
                 */
                NamedMatch.prototype.value = null;

                /**
                 * Creates a new NamedMatch instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.NamedMatch
                 * @static
                 * @param {weft.discovery.v1.NamedMatch.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.NamedMatch} NamedMatch instance
                 * @type {{
                 *   (properties: weft.discovery.v1.NamedMatch.$Shape): weft.discovery.v1.NamedMatch & weft.discovery.v1.NamedMatch.$Shape;
                 *   (properties?: weft.discovery.v1.NamedMatch.$Properties): weft.discovery.v1.NamedMatch;
                 * }}
                 */
                NamedMatch.create = function(properties) {
                    return new NamedMatch(properties);
                };

                /**
                 * Encodes the specified NamedMatch message. Does not implicitly {@link weft.discovery.v1.NamedMatch.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.NamedMatch
                 * @static
                 * @param {weft.discovery.v1.NamedMatch.$Properties} message NamedMatch message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                NamedMatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                        $root.weft.discovery.v1.StringMatch.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a NamedMatch message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.NamedMatch
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.NamedMatch & weft.discovery.v1.NamedMatch.$Shape} NamedMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                NamedMatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.NamedMatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.value = $root.weft.discovery.v1.StringMatch.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return NamedMatch;
            })();

            v1.HeaderChange = (function() {

                /**
                 * Properties of a HeaderChange.
                 * @typedef {Object} weft.discovery.v1.HeaderChange.$Properties
                 * @property {Array.<weft.discovery.v1.Header.$Properties>|null} [set] HeaderChange set
                 * @property {Array.<weft.discovery.v1.Header.$Properties>|null} [add] HeaderChange add
                 * @property {Array.<string>|null} [remove] HeaderChange remove
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a HeaderChange.
                 * @memberof weft.discovery.v1
                 * @interface IHeaderChange
                 * @augments weft.discovery.v1.HeaderChange.$Properties
                 * @deprecated Use weft.discovery.v1.HeaderChange.$Properties instead.
                 */

                /**
                 * Shape of a HeaderChange.
                 * @typedef {weft.discovery.v1.HeaderChange.$Properties} weft.discovery.v1.HeaderChange.$Shape
                 */

                /**
                 * Constructs a new HeaderChange.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a HeaderChange.
                 * @constructor
                 * @param {weft.discovery.v1.HeaderChange.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const HeaderChange = function (properties) {
                    this.set = [];
                    this.add = [];
                    this.remove = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * HeaderChange set.
                 * @member {Array.<weft.discovery.v1.Header.$Properties>} set
                 * @memberof weft.discovery.v1.HeaderChange
                 * @instance
                 */
                HeaderChange.prototype.set = $util.emptyArray;

                /**
                 * HeaderChange add.
                 * @member {Array.<weft.discovery.v1.Header.$Properties>} add
                 * @memberof weft.discovery.v1.HeaderChange
                 * @instance
                 */
                HeaderChange.prototype.add = $util.emptyArray;

                /**
                 * HeaderChange remove.
                 * @member {Array.<string>} remove
                 * @memberof weft.discovery.v1.HeaderChange
                 * @instance
                 */
                HeaderChange.prototype.remove = $util.emptyArray;

                /**
                 * Creates a new HeaderChange instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.HeaderChange
                 * @static
                 * @param {weft.discovery.v1.HeaderChange.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.HeaderChange} HeaderChange instance
                 * @type {{
                 *   (properties: weft.discovery.v1.HeaderChange.$Shape): weft.discovery.v1.HeaderChange & weft.discovery.v1.HeaderChange.$Shape;
                 *   (properties?: weft.discovery.v1.HeaderChange.$Properties): weft.discovery.v1.HeaderChange;
                 * }}
                 */
                HeaderChange.create = function(properties) {
                    return new HeaderChange(properties);
                };

                /**
                 * Encodes the specified HeaderChange message. Does not implicitly {@link weft.discovery.v1.HeaderChange.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.HeaderChange
                 * @static
                 * @param {weft.discovery.v1.HeaderChange.$Properties} message HeaderChange message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                HeaderChange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.set != null && message.set.length)
                        for (let i = 0; i < message.set.length; ++i)
                            $root.weft.discovery.v1.Header.encode(message.set[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.add != null && message.add.length)
                        for (let i = 0; i < message.add.length; ++i)
                            $root.weft.discovery.v1.Header.encode(message.add[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.remove != null && message.remove.length)
                        for (let i = 0; i < message.remove.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.remove[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a HeaderChange message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.HeaderChange
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.HeaderChange & weft.discovery.v1.HeaderChange.$Shape} HeaderChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                HeaderChange.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.HeaderChange();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.set && message.set.length))
                                    message.set = [];
                                message.set.push($root.weft.discovery.v1.Header.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.add && message.add.length))
                                    message.add = [];
                                message.add.push($root.weft.discovery.v1.Header.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.remove && message.remove.length))
                                    message.remove = [];
                                message.remove.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return HeaderChange;
            })();

            v1.Header = (function() {

                /**
                 * Properties of a Header.
                 * @typedef {Object} weft.discovery.v1.Header.$Properties
                 * @property {string|null} [name] Header name
                 * @property {string|null} [value] Header value
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Header.
                 * @memberof weft.discovery.v1
                 * @interface IHeader
                 * @augments weft.discovery.v1.Header.$Properties
                 * @deprecated Use weft.discovery.v1.Header.$Properties instead.
                 */

                /**
                 * Shape of a Header.
                 * @typedef {weft.discovery.v1.Header.$Properties} weft.discovery.v1.Header.$Shape
                 */

                /**
                 * Constructs a new Header.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a Header.
                 * @constructor
                 * @param {weft.discovery.v1.Header.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Header = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Header name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.Header
                 * @instance
                 */
                Header.prototype.name = "";

                /**
                 * Header value.
                 * @member {string} value
                 * @memberof weft.discovery.v1.Header
                 * @instance
                 */
                Header.prototype.value = "";

                /**
                 * Creates a new Header instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.Header
                 * @static
                 * @param {weft.discovery.v1.Header.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.Header} Header instance
                 * @type {{
                 *   (properties: weft.discovery.v1.Header.$Shape): weft.discovery.v1.Header & weft.discovery.v1.Header.$Shape;
                 *   (properties?: weft.discovery.v1.Header.$Properties): weft.discovery.v1.Header;
                 * }}
                 */
                Header.create = function(properties) {
                    return new Header(properties);
                };

                /**
                 * Encodes the specified Header message. Does not implicitly {@link weft.discovery.v1.Header.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.Header
                 * @static
                 * @param {weft.discovery.v1.Header.$Properties} message Header message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Header.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Header message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.Header
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Header & weft.discovery.v1.Header.$Shape} Header
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Header.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.Header();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Header;
            })();

            v1.WeightedBackend = (function() {

                /**
                 * Properties of a WeightedBackend.
                 * @typedef {Object} weft.discovery.v1.WeightedBackend.$Properties
                 * @property {string|null} [service] WeightedBackend service
                 * @property {number|null} [port] WeightedBackend port
                 * @property {number|null} [weight] WeightedBackend weight
                 * @property {weft.discovery.v1.HeaderChange.$Properties|null} [requestHeaders] WeightedBackend requestHeaders
                 * @property {weft.discovery.v1.HeaderChange.$Properties|null} [replyHeaders] WeightedBackend replyHeaders
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WeightedBackend.
                 * @memberof weft.discovery.v1
                 * @interface IWeightedBackend
                 * @augments weft.discovery.v1.WeightedBackend.$Properties
                 * @deprecated Use weft.discovery.v1.WeightedBackend.$Properties instead.
                 */

                /**
                 * Shape of a WeightedBackend.
                 * @typedef {weft.discovery.v1.WeightedBackend.$Properties} weft.discovery.v1.WeightedBackend.$Shape
                 */

                /**
                 * Constructs a new WeightedBackend.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a WeightedBackend.
                 * @constructor
                 * @param {weft.discovery.v1.WeightedBackend.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WeightedBackend = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WeightedBackend service.
                 * @member {string} service
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @instance
                 */
                WeightedBackend.prototype.service = "";

                /**
                 * WeightedBackend port.
                 * @member {number} port
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @instance
                 */
                WeightedBackend.prototype.port = 0;

                /**
                 * WeightedBackend weight.
                 * @member {number} weight
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @instance
                 */
                WeightedBackend.prototype.weight = 0;

                /**
                 * WeightedBackend requestHeaders.
                 * @member {weft.discovery.v1.HeaderChange.$Properties|null|undefined} requestHeaders
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @instance
                 */
                WeightedBackend.prototype.requestHeaders = null;

                /**
                 * WeightedBackend replyHeaders.
                 * @member {weft.discovery.v1.HeaderChange.$Properties|null|undefined} replyHeaders
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @instance
                 */
                WeightedBackend.prototype.replyHeaders = null;

                /**
                 * Creates a new WeightedBackend instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @static
                 * @param {weft.discovery.v1.WeightedBackend.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.WeightedBackend} WeightedBackend instance
                 * @type {{
                 *   (properties: weft.discovery.v1.WeightedBackend.$Shape): weft.discovery.v1.WeightedBackend & weft.discovery.v1.WeightedBackend.$Shape;
                 *   (properties?: weft.discovery.v1.WeightedBackend.$Properties): weft.discovery.v1.WeightedBackend;
                 * }}
                 */
                WeightedBackend.create = function(properties) {
                    return new WeightedBackend(properties);
                };

                /**
                 * Encodes the specified WeightedBackend message. Does not implicitly {@link weft.discovery.v1.WeightedBackend.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @static
                 * @param {weft.discovery.v1.WeightedBackend.$Properties} message WeightedBackend message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WeightedBackend.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.service);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.weight != null && $Object.hasOwnProperty.call(message, "weight") && message.weight !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.weight);
                    if (message.requestHeaders != null && $Object.hasOwnProperty.call(message, "requestHeaders"))
                        $root.weft.discovery.v1.HeaderChange.encode(message.requestHeaders, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.replyHeaders != null && $Object.hasOwnProperty.call(message, "replyHeaders"))
                        $root.weft.discovery.v1.HeaderChange.encode(message.replyHeaders, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WeightedBackend message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.WeightedBackend
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.WeightedBackend & weft.discovery.v1.WeightedBackend.$Shape} WeightedBackend
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WeightedBackend.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.WeightedBackend();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.weight = value;
                                else
                                    delete message.weight;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.requestHeaders = $root.weft.discovery.v1.HeaderChange.decode(reader, reader.size(), $undefined, _depth + 1, message.requestHeaders);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.replyHeaders = $root.weft.discovery.v1.HeaderChange.decode(reader, reader.size(), $undefined, _depth + 1, message.replyHeaders);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return WeightedBackend;
            })();

            v1.RetryPolicy = (function() {

                /**
                 * Properties of a RetryPolicy.
                 * @typedef {Object} weft.discovery.v1.RetryPolicy.$Properties
                 * @property {number|null} [attemptsMax] RetryPolicy attemptsMax
                 * @property {Array.<number>|null} [statusCodes] RetryPolicy statusCodes
                 * @property {number|null} [backoffBaseMs] RetryPolicy backoffBaseMs
                 * @property {number|null} [backoffMaxMs] RetryPolicy backoffMaxMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RetryPolicy.
                 * @memberof weft.discovery.v1
                 * @interface IRetryPolicy
                 * @augments weft.discovery.v1.RetryPolicy.$Properties
                 * @deprecated Use weft.discovery.v1.RetryPolicy.$Properties instead.
                 */

                /**
                 * Shape of a RetryPolicy.
                 * @typedef {weft.discovery.v1.RetryPolicy.$Properties} weft.discovery.v1.RetryPolicy.$Shape
                 */

                /**
                 * Constructs a new RetryPolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a RetryPolicy.
                 * @constructor
                 * @param {weft.discovery.v1.RetryPolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RetryPolicy = function (properties) {
                    this.statusCodes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RetryPolicy attemptsMax.
                 * @member {number} attemptsMax
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @instance
                 */
                RetryPolicy.prototype.attemptsMax = 0;

                /**
                 * RetryPolicy statusCodes.
                 * @member {Array.<number>} statusCodes
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @instance
                 */
                RetryPolicy.prototype.statusCodes = $util.emptyArray;

                /**
                 * RetryPolicy backoffBaseMs.
                 * @member {number} backoffBaseMs
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @instance
                 */
                RetryPolicy.prototype.backoffBaseMs = 0;

                /**
                 * RetryPolicy backoffMaxMs.
                 * @member {number} backoffMaxMs
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @instance
                 */
                RetryPolicy.prototype.backoffMaxMs = 0;

                /**
                 * Creates a new RetryPolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @static
                 * @param {weft.discovery.v1.RetryPolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.RetryPolicy} RetryPolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.RetryPolicy.$Shape): weft.discovery.v1.RetryPolicy & weft.discovery.v1.RetryPolicy.$Shape;
                 *   (properties?: weft.discovery.v1.RetryPolicy.$Properties): weft.discovery.v1.RetryPolicy;
                 * }}
                 */
                RetryPolicy.create = function(properties) {
                    return new RetryPolicy(properties);
                };

                /**
                 * Encodes the specified RetryPolicy message. Does not implicitly {@link weft.discovery.v1.RetryPolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @static
                 * @param {weft.discovery.v1.RetryPolicy.$Properties} message RetryPolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RetryPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.attemptsMax != null && $Object.hasOwnProperty.call(message, "attemptsMax") && message.attemptsMax !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.attemptsMax);
                    if (message.statusCodes != null && message.statusCodes.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.statusCodes);
                    if (message.backoffBaseMs != null && $Object.hasOwnProperty.call(message, "backoffBaseMs") && message.backoffBaseMs !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.backoffBaseMs);
                    if (message.backoffMaxMs != null && $Object.hasOwnProperty.call(message, "backoffMaxMs") && message.backoffMaxMs !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.backoffMaxMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RetryPolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.RetryPolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.RetryPolicy & weft.discovery.v1.RetryPolicy.$Shape} RetryPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RetryPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.RetryPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.attemptsMax = value;
                                else
                                    delete message.attemptsMax;
                                continue;
                            }
                        case 2: {
                                if (wireType === 2) {
                                    if (!(message.statusCodes && message.statusCodes.length))
                                        message.statusCodes = [];
                                    reader.uint32s(message.statusCodes);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.statusCodes && message.statusCodes.length))
                                    message.statusCodes = [];
                                message.statusCodes.push(reader.uint32());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.backoffBaseMs = value;
                                else
                                    delete message.backoffBaseMs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.backoffMaxMs = value;
                                else
                                    delete message.backoffMaxMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RetryPolicy;
            })();

            v1.TrafficPolicy = (function() {

                /**
                 * Properties of a TrafficPolicy.
                 * @typedef {Object} weft.discovery.v1.TrafficPolicy.$Properties
                 * @property {string|null} [name] TrafficPolicy name
                 * @property {string|null} [service] TrafficPolicy service
                 * @property {string|null} [balancer] TrafficPolicy balancer
                 * @property {number|null} [ewmaDecayMs] TrafficPolicy ewmaDecayMs
                 * @property {number|null} [ewmaDefaultRttMs] TrafficPolicy ewmaDefaultRttMs
                 * @property {number|null} [connectTimeoutMs] TrafficPolicy connectTimeoutMs
                 * @property {number|null} [requestTimeoutMs] TrafficPolicy requestTimeoutMs
                 * @property {number|null} [idleTimeoutMs] TrafficPolicy idleTimeoutMs
                 * @property {weft.discovery.v1.RetryPolicy.$Properties|null} [retry] TrafficPolicy retry
                 * @property {number|null} [retryBudgetRatio] TrafficPolicy retryBudgetRatio
                 * @property {number|null} [retryBudgetPerSecond] TrafficPolicy retryBudgetPerSecond
                 * @property {number|null} [retryBudgetWindowMs] TrafficPolicy retryBudgetWindowMs
                 * @property {number|null} [connectionsMax] TrafficPolicy connectionsMax
                 * @property {number|null} [pendingMax] TrafficPolicy pendingMax
                 * @property {weft.discovery.v1.OutlierPolicy.$Properties|null} [outlier] TrafficPolicy outlier
                 * @property {number|null} [choices] TrafficPolicy choices
                 * @property {Array.<weft.discovery.v1.HashKey.$Properties>|null} [hashKeys] TrafficPolicy hashKeys
                 * @property {weft.discovery.v1.SubsetPolicy.$Properties|null} [subset] TrafficPolicy subset
                 * @property {weft.discovery.v1.ZonePolicy.$Properties|null} [zone] TrafficPolicy zone
                 * @property {number|null} [overprovisioning] TrafficPolicy overprovisioning
                 * @property {weft.discovery.v1.SlowStartPolicy.$Properties|null} [slowStart] TrafficPolicy slowStart
                 * @property {number|null} [requestsMax] TrafficPolicy requestsMax
                 * @property {number|null} [streamsMax] TrafficPolicy streamsMax
                 * @property {number|null} [requestsPerConnectionMax] TrafficPolicy requestsPerConnectionMax
                 * @property {number|null} [warmConnections] TrafficPolicy warmConnections
                 * @property {number|null} [connectionAgeMaxMs] TrafficPolicy connectionAgeMaxMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a TrafficPolicy.
                 * @memberof weft.discovery.v1
                 * @interface ITrafficPolicy
                 * @augments weft.discovery.v1.TrafficPolicy.$Properties
                 * @deprecated Use weft.discovery.v1.TrafficPolicy.$Properties instead.
                 */

                /**
                 * Shape of a TrafficPolicy.
                 * @typedef {weft.discovery.v1.TrafficPolicy.$Properties} weft.discovery.v1.TrafficPolicy.$Shape
                 */

                /**
                 * Constructs a new TrafficPolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a TrafficPolicy.
                 * @constructor
                 * @param {weft.discovery.v1.TrafficPolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const TrafficPolicy = function (properties) {
                    this.hashKeys = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * TrafficPolicy name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.name = "";

                /**
                 * TrafficPolicy service.
                 * @member {string} service
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.service = "";

                /**
                 * TrafficPolicy balancer.
                 * @member {string} balancer
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.balancer = "";

                /**
                 * TrafficPolicy ewmaDecayMs.
                 * @member {number} ewmaDecayMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.ewmaDecayMs = 0;

                /**
                 * TrafficPolicy ewmaDefaultRttMs.
                 * @member {number} ewmaDefaultRttMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.ewmaDefaultRttMs = 0;

                /**
                 * TrafficPolicy connectTimeoutMs.
                 * @member {number} connectTimeoutMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.connectTimeoutMs = 0;

                /**
                 * TrafficPolicy requestTimeoutMs.
                 * @member {number} requestTimeoutMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.requestTimeoutMs = 0;

                /**
                 * TrafficPolicy idleTimeoutMs.
                 * @member {number} idleTimeoutMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.idleTimeoutMs = 0;

                /**
                 * TrafficPolicy retry.
                 * @member {weft.discovery.v1.RetryPolicy.$Properties|null|undefined} retry
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.retry = null;

                /**
                 * TrafficPolicy retryBudgetRatio.
                 * @member {number} retryBudgetRatio
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.retryBudgetRatio = 0;

                /**
                 * TrafficPolicy retryBudgetPerSecond.
                 * @member {number} retryBudgetPerSecond
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.retryBudgetPerSecond = 0;

                /**
                 * TrafficPolicy retryBudgetWindowMs.
                 * @member {number} retryBudgetWindowMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.retryBudgetWindowMs = 0;

                /**
                 * TrafficPolicy connectionsMax.
                 * @member {number} connectionsMax
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.connectionsMax = 0;

                /**
                 * TrafficPolicy pendingMax.
                 * @member {number} pendingMax
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.pendingMax = 0;

                /**
                 * TrafficPolicy outlier.
                 * @member {weft.discovery.v1.OutlierPolicy.$Properties|null|undefined} outlier
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.outlier = null;

                /**
                 * TrafficPolicy choices.
                 * @member {number} choices
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.choices = 0;

                /**
                 * TrafficPolicy hashKeys.
                 * @member {Array.<weft.discovery.v1.HashKey.$Properties>} hashKeys
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.hashKeys = $util.emptyArray;

                /**
                 * TrafficPolicy subset.
                 * @member {weft.discovery.v1.SubsetPolicy.$Properties|null|undefined} subset
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.subset = null;

                /**
                 * TrafficPolicy zone.
                 * @member {weft.discovery.v1.ZonePolicy.$Properties|null|undefined} zone
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.zone = null;

                /**
                 * TrafficPolicy overprovisioning.
                 * @member {number} overprovisioning
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.overprovisioning = 0;

                /**
                 * TrafficPolicy slowStart.
                 * @member {weft.discovery.v1.SlowStartPolicy.$Properties|null|undefined} slowStart
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.slowStart = null;

                /**
                 * TrafficPolicy requestsMax.
                 * @member {number} requestsMax
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.requestsMax = 0;

                /**
                 * TrafficPolicy streamsMax.
                 * @member {number} streamsMax
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.streamsMax = 0;

                /**
                 * TrafficPolicy requestsPerConnectionMax.
                 * @member {number} requestsPerConnectionMax
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.requestsPerConnectionMax = 0;

                /**
                 * TrafficPolicy warmConnections.
                 * @member {number} warmConnections
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.warmConnections = 0;

                /**
                 * TrafficPolicy connectionAgeMaxMs.
                 * @member {number} connectionAgeMaxMs
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @instance
                 */
                TrafficPolicy.prototype.connectionAgeMaxMs = 0;

                /**
                 * Creates a new TrafficPolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @static
                 * @param {weft.discovery.v1.TrafficPolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.TrafficPolicy} TrafficPolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.TrafficPolicy.$Shape): weft.discovery.v1.TrafficPolicy & weft.discovery.v1.TrafficPolicy.$Shape;
                 *   (properties?: weft.discovery.v1.TrafficPolicy.$Properties): weft.discovery.v1.TrafficPolicy;
                 * }}
                 */
                TrafficPolicy.create = function(properties) {
                    return new TrafficPolicy(properties);
                };

                /**
                 * Encodes the specified TrafficPolicy message. Does not implicitly {@link weft.discovery.v1.TrafficPolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @static
                 * @param {weft.discovery.v1.TrafficPolicy.$Properties} message TrafficPolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                TrafficPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.service);
                    if (message.balancer != null && $Object.hasOwnProperty.call(message, "balancer") && message.balancer !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.balancer);
                    if (message.ewmaDecayMs != null && $Object.hasOwnProperty.call(message, "ewmaDecayMs") && message.ewmaDecayMs !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.ewmaDecayMs);
                    if (message.ewmaDefaultRttMs != null && $Object.hasOwnProperty.call(message, "ewmaDefaultRttMs") && message.ewmaDefaultRttMs !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.ewmaDefaultRttMs);
                    if (message.connectTimeoutMs != null && $Object.hasOwnProperty.call(message, "connectTimeoutMs") && message.connectTimeoutMs !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.connectTimeoutMs);
                    if (message.requestTimeoutMs != null && $Object.hasOwnProperty.call(message, "requestTimeoutMs") && message.requestTimeoutMs !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.requestTimeoutMs);
                    if (message.idleTimeoutMs != null && $Object.hasOwnProperty.call(message, "idleTimeoutMs") && message.idleTimeoutMs !== 0)
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.idleTimeoutMs);
                    if (message.retry != null && $Object.hasOwnProperty.call(message, "retry"))
                        $root.weft.discovery.v1.RetryPolicy.encode(message.retry, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.retryBudgetRatio != null && $Object.hasOwnProperty.call(message, "retryBudgetRatio") && !$Object.is(message.retryBudgetRatio, 0))
                        writer.uint32(/* id 10, wireType 1 =*/81).double(message.retryBudgetRatio);
                    if (message.retryBudgetPerSecond != null && $Object.hasOwnProperty.call(message, "retryBudgetPerSecond") && !$Object.is(message.retryBudgetPerSecond, 0))
                        writer.uint32(/* id 11, wireType 1 =*/89).double(message.retryBudgetPerSecond);
                    if (message.retryBudgetWindowMs != null && $Object.hasOwnProperty.call(message, "retryBudgetWindowMs") && message.retryBudgetWindowMs !== 0)
                        writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.retryBudgetWindowMs);
                    if (message.connectionsMax != null && $Object.hasOwnProperty.call(message, "connectionsMax") && message.connectionsMax !== 0)
                        writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.connectionsMax);
                    if (message.pendingMax != null && $Object.hasOwnProperty.call(message, "pendingMax") && message.pendingMax !== 0)
                        writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.pendingMax);
                    if (message.outlier != null && $Object.hasOwnProperty.call(message, "outlier"))
                        $root.weft.discovery.v1.OutlierPolicy.encode(message.outlier, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                    if (message.choices != null && $Object.hasOwnProperty.call(message, "choices") && message.choices !== 0)
                        writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.choices);
                    if (message.hashKeys != null && message.hashKeys.length)
                        for (let i = 0; i < message.hashKeys.length; ++i)
                            $root.weft.discovery.v1.HashKey.encode(message.hashKeys[i], writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                    if (message.subset != null && $Object.hasOwnProperty.call(message, "subset"))
                        $root.weft.discovery.v1.SubsetPolicy.encode(message.subset, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                    if (message.zone != null && $Object.hasOwnProperty.call(message, "zone"))
                        $root.weft.discovery.v1.ZonePolicy.encode(message.zone, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                    if (message.overprovisioning != null && $Object.hasOwnProperty.call(message, "overprovisioning") && !$Object.is(message.overprovisioning, 0))
                        writer.uint32(/* id 20, wireType 1 =*/161).double(message.overprovisioning);
                    if (message.slowStart != null && $Object.hasOwnProperty.call(message, "slowStart"))
                        $root.weft.discovery.v1.SlowStartPolicy.encode(message.slowStart, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                    if (message.requestsMax != null && $Object.hasOwnProperty.call(message, "requestsMax") && message.requestsMax !== 0)
                        writer.uint32(/* id 22, wireType 0 =*/176).uint32(message.requestsMax);
                    if (message.streamsMax != null && $Object.hasOwnProperty.call(message, "streamsMax") && message.streamsMax !== 0)
                        writer.uint32(/* id 23, wireType 0 =*/184).uint32(message.streamsMax);
                    if (message.requestsPerConnectionMax != null && $Object.hasOwnProperty.call(message, "requestsPerConnectionMax") && message.requestsPerConnectionMax !== 0)
                        writer.uint32(/* id 24, wireType 0 =*/192).uint32(message.requestsPerConnectionMax);
                    if (message.warmConnections != null && $Object.hasOwnProperty.call(message, "warmConnections") && message.warmConnections !== 0)
                        writer.uint32(/* id 25, wireType 0 =*/200).uint32(message.warmConnections);
                    if (message.connectionAgeMaxMs != null && $Object.hasOwnProperty.call(message, "connectionAgeMaxMs") && message.connectionAgeMaxMs !== 0)
                        writer.uint32(/* id 26, wireType 0 =*/208).uint32(message.connectionAgeMaxMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a TrafficPolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.TrafficPolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.TrafficPolicy & weft.discovery.v1.TrafficPolicy.$Shape} TrafficPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                TrafficPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.TrafficPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.balancer = value;
                                else
                                    delete message.balancer;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.ewmaDecayMs = value;
                                else
                                    delete message.ewmaDecayMs;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.ewmaDefaultRttMs = value;
                                else
                                    delete message.ewmaDefaultRttMs;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.connectTimeoutMs = value;
                                else
                                    delete message.connectTimeoutMs;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.requestTimeoutMs = value;
                                else
                                    delete message.requestTimeoutMs;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.idleTimeoutMs = value;
                                else
                                    delete message.idleTimeoutMs;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.retry = $root.weft.discovery.v1.RetryPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.retry);
                                continue;
                            }
                        case 10: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.retryBudgetRatio = value;
                                else
                                    delete message.retryBudgetRatio;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.retryBudgetPerSecond = value;
                                else
                                    delete message.retryBudgetPerSecond;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.retryBudgetWindowMs = value;
                                else
                                    delete message.retryBudgetWindowMs;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.connectionsMax = value;
                                else
                                    delete message.connectionsMax;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.pendingMax = value;
                                else
                                    delete message.pendingMax;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                message.outlier = $root.weft.discovery.v1.OutlierPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.outlier);
                                continue;
                            }
                        case 16: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.choices = value;
                                else
                                    delete message.choices;
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.hashKeys && message.hashKeys.length))
                                    message.hashKeys = [];
                                message.hashKeys.push($root.weft.discovery.v1.HashKey.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                message.subset = $root.weft.discovery.v1.SubsetPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.subset);
                                continue;
                            }
                        case 19: {
                                if (wireType !== 2)
                                    break;
                                message.zone = $root.weft.discovery.v1.ZonePolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.zone);
                                continue;
                            }
                        case 20: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.overprovisioning = value;
                                else
                                    delete message.overprovisioning;
                                continue;
                            }
                        case 21: {
                                if (wireType !== 2)
                                    break;
                                message.slowStart = $root.weft.discovery.v1.SlowStartPolicy.decode(reader, reader.size(), $undefined, _depth + 1, message.slowStart);
                                continue;
                            }
                        case 22: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.requestsMax = value;
                                else
                                    delete message.requestsMax;
                                continue;
                            }
                        case 23: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.streamsMax = value;
                                else
                                    delete message.streamsMax;
                                continue;
                            }
                        case 24: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.requestsPerConnectionMax = value;
                                else
                                    delete message.requestsPerConnectionMax;
                                continue;
                            }
                        case 25: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.warmConnections = value;
                                else
                                    delete message.warmConnections;
                                continue;
                            }
                        case 26: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.connectionAgeMaxMs = value;
                                else
                                    delete message.connectionAgeMaxMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return TrafficPolicy;
            })();

            v1.HashKey = (function() {

                /**
                 * Properties of a HashKey.
                 * @typedef {Object} weft.discovery.v1.HashKey.$Properties
                 * @property {string|null} [type] HashKey type
                 * @property {string|null} [name] HashKey name
                 * @property {string|null} [path] HashKey path
                 * @property {number|null} [ttlMs] HashKey ttlMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a HashKey.
                 * @memberof weft.discovery.v1
                 * @interface IHashKey
                 * @augments weft.discovery.v1.HashKey.$Properties
                 * @deprecated Use weft.discovery.v1.HashKey.$Properties instead.
                 */

                /**
                 * Shape of a HashKey.
                 * @typedef {weft.discovery.v1.HashKey.$Properties} weft.discovery.v1.HashKey.$Shape
                 */

                /**
                 * Constructs a new HashKey.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a HashKey.
                 * @constructor
                 * @param {weft.discovery.v1.HashKey.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const HashKey = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * HashKey type.
                 * @member {string} type
                 * @memberof weft.discovery.v1.HashKey
                 * @instance
                 */
                HashKey.prototype.type = "";

                /**
                 * HashKey name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.HashKey
                 * @instance
                 */
                HashKey.prototype.name = "";

                /**
                 * HashKey path.
                 * @member {string} path
                 * @memberof weft.discovery.v1.HashKey
                 * @instance
                 */
                HashKey.prototype.path = "";

                /**
                 * HashKey ttlMs.
                 * @member {number} ttlMs
                 * @memberof weft.discovery.v1.HashKey
                 * @instance
                 */
                HashKey.prototype.ttlMs = 0;

                /**
                 * Creates a new HashKey instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.HashKey
                 * @static
                 * @param {weft.discovery.v1.HashKey.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.HashKey} HashKey instance
                 * @type {{
                 *   (properties: weft.discovery.v1.HashKey.$Shape): weft.discovery.v1.HashKey & weft.discovery.v1.HashKey.$Shape;
                 *   (properties?: weft.discovery.v1.HashKey.$Properties): weft.discovery.v1.HashKey;
                 * }}
                 */
                HashKey.create = function(properties) {
                    return new HashKey(properties);
                };

                /**
                 * Encodes the specified HashKey message. Does not implicitly {@link weft.discovery.v1.HashKey.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.HashKey
                 * @static
                 * @param {weft.discovery.v1.HashKey.$Properties} message HashKey message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                HashKey.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.type);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.path);
                    if (message.ttlMs != null && $Object.hasOwnProperty.call(message, "ttlMs") && message.ttlMs !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.ttlMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a HashKey message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.HashKey
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.HashKey & weft.discovery.v1.HashKey.$Shape} HashKey
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                HashKey.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.HashKey();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.ttlMs = value;
                                else
                                    delete message.ttlMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return HashKey;
            })();

            v1.SubsetPolicy = (function() {

                /**
                 * Properties of a SubsetPolicy.
                 * @typedef {Object} weft.discovery.v1.SubsetPolicy.$Properties
                 * @property {string|null} [type] SubsetPolicy type
                 * @property {number|null} [size] SubsetPolicy size
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SubsetPolicy.
                 * @memberof weft.discovery.v1
                 * @interface ISubsetPolicy
                 * @augments weft.discovery.v1.SubsetPolicy.$Properties
                 * @deprecated Use weft.discovery.v1.SubsetPolicy.$Properties instead.
                 */

                /**
                 * Shape of a SubsetPolicy.
                 * @typedef {weft.discovery.v1.SubsetPolicy.$Properties} weft.discovery.v1.SubsetPolicy.$Shape
                 */

                /**
                 * Constructs a new SubsetPolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a SubsetPolicy.
                 * @constructor
                 * @param {weft.discovery.v1.SubsetPolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SubsetPolicy = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SubsetPolicy type.
                 * @member {string} type
                 * @memberof weft.discovery.v1.SubsetPolicy
                 * @instance
                 */
                SubsetPolicy.prototype.type = "";

                /**
                 * SubsetPolicy size.
                 * @member {number} size
                 * @memberof weft.discovery.v1.SubsetPolicy
                 * @instance
                 */
                SubsetPolicy.prototype.size = 0;

                /**
                 * Creates a new SubsetPolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.SubsetPolicy
                 * @static
                 * @param {weft.discovery.v1.SubsetPolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.SubsetPolicy} SubsetPolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.SubsetPolicy.$Shape): weft.discovery.v1.SubsetPolicy & weft.discovery.v1.SubsetPolicy.$Shape;
                 *   (properties?: weft.discovery.v1.SubsetPolicy.$Properties): weft.discovery.v1.SubsetPolicy;
                 * }}
                 */
                SubsetPolicy.create = function(properties) {
                    return new SubsetPolicy(properties);
                };

                /**
                 * Encodes the specified SubsetPolicy message. Does not implicitly {@link weft.discovery.v1.SubsetPolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.SubsetPolicy
                 * @static
                 * @param {weft.discovery.v1.SubsetPolicy.$Properties} message SubsetPolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SubsetPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.type);
                    if (message.size != null && $Object.hasOwnProperty.call(message, "size") && message.size !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.size);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SubsetPolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.SubsetPolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SubsetPolicy & weft.discovery.v1.SubsetPolicy.$Shape} SubsetPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SubsetPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.SubsetPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.size = value;
                                else
                                    delete message.size;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SubsetPolicy;
            })();

            v1.ZonePolicy = (function() {

                /**
                 * Properties of a ZonePolicy.
                 * @typedef {Object} weft.discovery.v1.ZonePolicy.$Properties
                 * @property {string|null} [mode] ZonePolicy mode
                 * @property {number|null} [spillOverRatio] ZonePolicy spillOverRatio
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ZonePolicy.
                 * @memberof weft.discovery.v1
                 * @interface IZonePolicy
                 * @augments weft.discovery.v1.ZonePolicy.$Properties
                 * @deprecated Use weft.discovery.v1.ZonePolicy.$Properties instead.
                 */

                /**
                 * Shape of a ZonePolicy.
                 * @typedef {weft.discovery.v1.ZonePolicy.$Properties} weft.discovery.v1.ZonePolicy.$Shape
                 */

                /**
                 * Constructs a new ZonePolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a ZonePolicy.
                 * @constructor
                 * @param {weft.discovery.v1.ZonePolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ZonePolicy = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ZonePolicy mode.
                 * @member {string} mode
                 * @memberof weft.discovery.v1.ZonePolicy
                 * @instance
                 */
                ZonePolicy.prototype.mode = "";

                /**
                 * ZonePolicy spillOverRatio.
                 * @member {number} spillOverRatio
                 * @memberof weft.discovery.v1.ZonePolicy
                 * @instance
                 */
                ZonePolicy.prototype.spillOverRatio = 0;

                /**
                 * Creates a new ZonePolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.ZonePolicy
                 * @static
                 * @param {weft.discovery.v1.ZonePolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.ZonePolicy} ZonePolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.ZonePolicy.$Shape): weft.discovery.v1.ZonePolicy & weft.discovery.v1.ZonePolicy.$Shape;
                 *   (properties?: weft.discovery.v1.ZonePolicy.$Properties): weft.discovery.v1.ZonePolicy;
                 * }}
                 */
                ZonePolicy.create = function(properties) {
                    return new ZonePolicy(properties);
                };

                /**
                 * Encodes the specified ZonePolicy message. Does not implicitly {@link weft.discovery.v1.ZonePolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.ZonePolicy
                 * @static
                 * @param {weft.discovery.v1.ZonePolicy.$Properties} message ZonePolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ZonePolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.mode);
                    if (message.spillOverRatio != null && $Object.hasOwnProperty.call(message, "spillOverRatio") && !$Object.is(message.spillOverRatio, 0))
                        writer.uint32(/* id 2, wireType 1 =*/17).double(message.spillOverRatio);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ZonePolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.ZonePolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ZonePolicy & weft.discovery.v1.ZonePolicy.$Shape} ZonePolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ZonePolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.ZonePolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.mode = value;
                                else
                                    delete message.mode;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.spillOverRatio = value;
                                else
                                    delete message.spillOverRatio;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ZonePolicy;
            })();

            v1.SlowStartPolicy = (function() {

                /**
                 * Properties of a SlowStartPolicy.
                 * @typedef {Object} weft.discovery.v1.SlowStartPolicy.$Properties
                 * @property {number|null} [windowMs] SlowStartPolicy windowMs
                 * @property {number|null} [aggression] SlowStartPolicy aggression
                 * @property {number|null} [minWeight] SlowStartPolicy minWeight
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SlowStartPolicy.
                 * @memberof weft.discovery.v1
                 * @interface ISlowStartPolicy
                 * @augments weft.discovery.v1.SlowStartPolicy.$Properties
                 * @deprecated Use weft.discovery.v1.SlowStartPolicy.$Properties instead.
                 */

                /**
                 * Shape of a SlowStartPolicy.
                 * @typedef {weft.discovery.v1.SlowStartPolicy.$Properties} weft.discovery.v1.SlowStartPolicy.$Shape
                 */

                /**
                 * Constructs a new SlowStartPolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a SlowStartPolicy.
                 * @constructor
                 * @param {weft.discovery.v1.SlowStartPolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SlowStartPolicy = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SlowStartPolicy windowMs.
                 * @member {number} windowMs
                 * @memberof weft.discovery.v1.SlowStartPolicy
                 * @instance
                 */
                SlowStartPolicy.prototype.windowMs = 0;

                /**
                 * SlowStartPolicy aggression.
                 * @member {number} aggression
                 * @memberof weft.discovery.v1.SlowStartPolicy
                 * @instance
                 */
                SlowStartPolicy.prototype.aggression = 0;

                /**
                 * SlowStartPolicy minWeight.
                 * @member {number} minWeight
                 * @memberof weft.discovery.v1.SlowStartPolicy
                 * @instance
                 */
                SlowStartPolicy.prototype.minWeight = 0;

                /**
                 * Creates a new SlowStartPolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.SlowStartPolicy
                 * @static
                 * @param {weft.discovery.v1.SlowStartPolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.SlowStartPolicy} SlowStartPolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.SlowStartPolicy.$Shape): weft.discovery.v1.SlowStartPolicy & weft.discovery.v1.SlowStartPolicy.$Shape;
                 *   (properties?: weft.discovery.v1.SlowStartPolicy.$Properties): weft.discovery.v1.SlowStartPolicy;
                 * }}
                 */
                SlowStartPolicy.create = function(properties) {
                    return new SlowStartPolicy(properties);
                };

                /**
                 * Encodes the specified SlowStartPolicy message. Does not implicitly {@link weft.discovery.v1.SlowStartPolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.SlowStartPolicy
                 * @static
                 * @param {weft.discovery.v1.SlowStartPolicy.$Properties} message SlowStartPolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SlowStartPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.windowMs != null && $Object.hasOwnProperty.call(message, "windowMs") && message.windowMs !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.windowMs);
                    if (message.aggression != null && $Object.hasOwnProperty.call(message, "aggression") && !$Object.is(message.aggression, 0))
                        writer.uint32(/* id 2, wireType 1 =*/17).double(message.aggression);
                    if (message.minWeight != null && $Object.hasOwnProperty.call(message, "minWeight") && !$Object.is(message.minWeight, 0))
                        writer.uint32(/* id 3, wireType 1 =*/25).double(message.minWeight);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SlowStartPolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.SlowStartPolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SlowStartPolicy & weft.discovery.v1.SlowStartPolicy.$Shape} SlowStartPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SlowStartPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.SlowStartPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.windowMs = value;
                                else
                                    delete message.windowMs;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.aggression = value;
                                else
                                    delete message.aggression;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.minWeight = value;
                                else
                                    delete message.minWeight;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SlowStartPolicy;
            })();

            v1.OutlierPolicy = (function() {

                /**
                 * Properties of an OutlierPolicy.
                 * @typedef {Object} weft.discovery.v1.OutlierPolicy.$Properties
                 * @property {number|null} [consecutiveFailures] OutlierPolicy consecutiveFailures
                 * @property {number|null} [ejectBaseMs] OutlierPolicy ejectBaseMs
                 * @property {number|null} [ejectMaxMs] OutlierPolicy ejectMaxMs
                 * @property {number|null} [panicRatio] OutlierPolicy panicRatio
                 * @property {number|null} [consecutiveGatewayFailures] OutlierPolicy consecutiveGatewayFailures
                 * @property {number|null} [consecutiveConnectFailures] OutlierPolicy consecutiveConnectFailures
                 * @property {number|null} [intervalMs] OutlierPolicy intervalMs
                 * @property {number|null} [successRateRequestsMin] OutlierPolicy successRateRequestsMin
                 * @property {number|null} [successRateEndpointsMin] OutlierPolicy successRateEndpointsMin
                 * @property {number|null} [successRateStdevs] OutlierPolicy successRateStdevs
                 * @property {number|null} [latencyFactor] OutlierPolicy latencyFactor
                 * @property {number|null} [ejectRatioMax] OutlierPolicy ejectRatioMax
                 * @property {number|null} [probes] OutlierPolicy probes
                 * @property {number|null} [retryAfterMaxMs] OutlierPolicy retryAfterMaxMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an OutlierPolicy.
                 * @memberof weft.discovery.v1
                 * @interface IOutlierPolicy
                 * @augments weft.discovery.v1.OutlierPolicy.$Properties
                 * @deprecated Use weft.discovery.v1.OutlierPolicy.$Properties instead.
                 */

                /**
                 * Shape of an OutlierPolicy.
                 * @typedef {weft.discovery.v1.OutlierPolicy.$Properties} weft.discovery.v1.OutlierPolicy.$Shape
                 */

                /**
                 * Constructs a new OutlierPolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents an OutlierPolicy.
                 * @constructor
                 * @param {weft.discovery.v1.OutlierPolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const OutlierPolicy = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * OutlierPolicy consecutiveFailures.
                 * @member {number} consecutiveFailures
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.consecutiveFailures = 0;

                /**
                 * OutlierPolicy ejectBaseMs.
                 * @member {number} ejectBaseMs
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.ejectBaseMs = 0;

                /**
                 * OutlierPolicy ejectMaxMs.
                 * @member {number} ejectMaxMs
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.ejectMaxMs = 0;

                /**
                 * OutlierPolicy panicRatio.
                 * @member {number} panicRatio
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.panicRatio = 0;

                /**
                 * OutlierPolicy consecutiveGatewayFailures.
                 * @member {number} consecutiveGatewayFailures
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.consecutiveGatewayFailures = 0;

                /**
                 * OutlierPolicy consecutiveConnectFailures.
                 * @member {number} consecutiveConnectFailures
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.consecutiveConnectFailures = 0;

                /**
                 * OutlierPolicy intervalMs.
                 * @member {number} intervalMs
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.intervalMs = 0;

                /**
                 * OutlierPolicy successRateRequestsMin.
                 * @member {number} successRateRequestsMin
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.successRateRequestsMin = 0;

                /**
                 * OutlierPolicy successRateEndpointsMin.
                 * @member {number} successRateEndpointsMin
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.successRateEndpointsMin = 0;

                /**
                 * OutlierPolicy successRateStdevs.
                 * @member {number} successRateStdevs
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.successRateStdevs = 0;

                /**
                 * OutlierPolicy latencyFactor.
                 * @member {number} latencyFactor
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.latencyFactor = 0;

                /**
                 * OutlierPolicy ejectRatioMax.
                 * @member {number} ejectRatioMax
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.ejectRatioMax = 0;

                /**
                 * OutlierPolicy probes.
                 * @member {number} probes
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.probes = 0;

                /**
                 * OutlierPolicy retryAfterMaxMs.
                 * @member {number} retryAfterMaxMs
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @instance
                 */
                OutlierPolicy.prototype.retryAfterMaxMs = 0;

                /**
                 * Creates a new OutlierPolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @static
                 * @param {weft.discovery.v1.OutlierPolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.OutlierPolicy} OutlierPolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.OutlierPolicy.$Shape): weft.discovery.v1.OutlierPolicy & weft.discovery.v1.OutlierPolicy.$Shape;
                 *   (properties?: weft.discovery.v1.OutlierPolicy.$Properties): weft.discovery.v1.OutlierPolicy;
                 * }}
                 */
                OutlierPolicy.create = function(properties) {
                    return new OutlierPolicy(properties);
                };

                /**
                 * Encodes the specified OutlierPolicy message. Does not implicitly {@link weft.discovery.v1.OutlierPolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @static
                 * @param {weft.discovery.v1.OutlierPolicy.$Properties} message OutlierPolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                OutlierPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.consecutiveFailures != null && $Object.hasOwnProperty.call(message, "consecutiveFailures") && message.consecutiveFailures !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.consecutiveFailures);
                    if (message.ejectBaseMs != null && $Object.hasOwnProperty.call(message, "ejectBaseMs") && message.ejectBaseMs !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.ejectBaseMs);
                    if (message.ejectMaxMs != null && $Object.hasOwnProperty.call(message, "ejectMaxMs") && message.ejectMaxMs !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.ejectMaxMs);
                    if (message.panicRatio != null && $Object.hasOwnProperty.call(message, "panicRatio") && !$Object.is(message.panicRatio, 0))
                        writer.uint32(/* id 4, wireType 1 =*/33).double(message.panicRatio);
                    if (message.consecutiveGatewayFailures != null && $Object.hasOwnProperty.call(message, "consecutiveGatewayFailures") && message.consecutiveGatewayFailures !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.consecutiveGatewayFailures);
                    if (message.consecutiveConnectFailures != null && $Object.hasOwnProperty.call(message, "consecutiveConnectFailures") && message.consecutiveConnectFailures !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.consecutiveConnectFailures);
                    if (message.intervalMs != null && $Object.hasOwnProperty.call(message, "intervalMs") && message.intervalMs !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.intervalMs);
                    if (message.successRateRequestsMin != null && $Object.hasOwnProperty.call(message, "successRateRequestsMin") && message.successRateRequestsMin !== 0)
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.successRateRequestsMin);
                    if (message.successRateEndpointsMin != null && $Object.hasOwnProperty.call(message, "successRateEndpointsMin") && message.successRateEndpointsMin !== 0)
                        writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.successRateEndpointsMin);
                    if (message.successRateStdevs != null && $Object.hasOwnProperty.call(message, "successRateStdevs") && !$Object.is(message.successRateStdevs, 0))
                        writer.uint32(/* id 10, wireType 1 =*/81).double(message.successRateStdevs);
                    if (message.latencyFactor != null && $Object.hasOwnProperty.call(message, "latencyFactor") && !$Object.is(message.latencyFactor, 0))
                        writer.uint32(/* id 11, wireType 1 =*/89).double(message.latencyFactor);
                    if (message.ejectRatioMax != null && $Object.hasOwnProperty.call(message, "ejectRatioMax") && !$Object.is(message.ejectRatioMax, 0))
                        writer.uint32(/* id 12, wireType 1 =*/97).double(message.ejectRatioMax);
                    if (message.probes != null && $Object.hasOwnProperty.call(message, "probes") && message.probes !== 0)
                        writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.probes);
                    if (message.retryAfterMaxMs != null && $Object.hasOwnProperty.call(message, "retryAfterMaxMs") && message.retryAfterMaxMs !== 0)
                        writer.uint32(/* id 14, wireType 0 =*/112).uint32(message.retryAfterMaxMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an OutlierPolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.OutlierPolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.OutlierPolicy & weft.discovery.v1.OutlierPolicy.$Shape} OutlierPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                OutlierPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.OutlierPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.consecutiveFailures = value;
                                else
                                    delete message.consecutiveFailures;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.ejectBaseMs = value;
                                else
                                    delete message.ejectBaseMs;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.ejectMaxMs = value;
                                else
                                    delete message.ejectMaxMs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.panicRatio = value;
                                else
                                    delete message.panicRatio;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.consecutiveGatewayFailures = value;
                                else
                                    delete message.consecutiveGatewayFailures;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.consecutiveConnectFailures = value;
                                else
                                    delete message.consecutiveConnectFailures;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.intervalMs = value;
                                else
                                    delete message.intervalMs;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.successRateRequestsMin = value;
                                else
                                    delete message.successRateRequestsMin;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.successRateEndpointsMin = value;
                                else
                                    delete message.successRateEndpointsMin;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.successRateStdevs = value;
                                else
                                    delete message.successRateStdevs;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.latencyFactor = value;
                                else
                                    delete message.latencyFactor;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.ejectRatioMax = value;
                                else
                                    delete message.ejectRatioMax;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.probes = value;
                                else
                                    delete message.probes;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.retryAfterMaxMs = value;
                                else
                                    delete message.retryAfterMaxMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return OutlierPolicy;
            })();

            v1.AuthorizationPolicy = (function() {

                /**
                 * Properties of an AuthorizationPolicy.
                 * @typedef {Object} weft.discovery.v1.AuthorizationPolicy.$Properties
                 * @property {string|null} [name] AuthorizationPolicy name
                 * @property {string|null} [namespace] AuthorizationPolicy namespace
                 * @property {string|null} [action] AuthorizationPolicy action
                 * @property {Object.<string,string>|null} [selector] AuthorizationPolicy selector
                 * @property {Array.<string>|null} [services] AuthorizationPolicy services
                 * @property {Array.<weft.discovery.v1.AuthorizationRule.$Properties>|null} [rules] AuthorizationPolicy rules
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an AuthorizationPolicy.
                 * @memberof weft.discovery.v1
                 * @interface IAuthorizationPolicy
                 * @augments weft.discovery.v1.AuthorizationPolicy.$Properties
                 * @deprecated Use weft.discovery.v1.AuthorizationPolicy.$Properties instead.
                 */

                /**
                 * Shape of an AuthorizationPolicy.
                 * @typedef {weft.discovery.v1.AuthorizationPolicy.$Properties} weft.discovery.v1.AuthorizationPolicy.$Shape
                 */

                /**
                 * Constructs a new AuthorizationPolicy.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents an AuthorizationPolicy.
                 * @constructor
                 * @param {weft.discovery.v1.AuthorizationPolicy.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const AuthorizationPolicy = function (properties) {
                    this.selector = {};
                    this.services = [];
                    this.rules = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * AuthorizationPolicy name.
                 * @member {string} name
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @instance
                 */
                AuthorizationPolicy.prototype.name = "";

                /**
                 * AuthorizationPolicy namespace.
                 * @member {string} namespace
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @instance
                 */
                AuthorizationPolicy.prototype.namespace = "";

                /**
                 * AuthorizationPolicy action.
                 * @member {string} action
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @instance
                 */
                AuthorizationPolicy.prototype.action = "";

                /**
                 * AuthorizationPolicy selector.
                 * @member {Object.<string,string>} selector
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @instance
                 */
                AuthorizationPolicy.prototype.selector = $util.emptyObject;

                /**
                 * AuthorizationPolicy services.
                 * @member {Array.<string>} services
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @instance
                 */
                AuthorizationPolicy.prototype.services = $util.emptyArray;

                /**
                 * AuthorizationPolicy rules.
                 * @member {Array.<weft.discovery.v1.AuthorizationRule.$Properties>} rules
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @instance
                 */
                AuthorizationPolicy.prototype.rules = $util.emptyArray;

                /**
                 * Creates a new AuthorizationPolicy instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @static
                 * @param {weft.discovery.v1.AuthorizationPolicy.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.AuthorizationPolicy} AuthorizationPolicy instance
                 * @type {{
                 *   (properties: weft.discovery.v1.AuthorizationPolicy.$Shape): weft.discovery.v1.AuthorizationPolicy & weft.discovery.v1.AuthorizationPolicy.$Shape;
                 *   (properties?: weft.discovery.v1.AuthorizationPolicy.$Properties): weft.discovery.v1.AuthorizationPolicy;
                 * }}
                 */
                AuthorizationPolicy.create = function(properties) {
                    return new AuthorizationPolicy(properties);
                };

                /**
                 * Encodes the specified AuthorizationPolicy message. Does not implicitly {@link weft.discovery.v1.AuthorizationPolicy.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @static
                 * @param {weft.discovery.v1.AuthorizationPolicy.$Properties} message AuthorizationPolicy message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                AuthorizationPolicy.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.action);
                    if (message.selector != null && $Object.hasOwnProperty.call(message, "selector"))
                        for (let keys = $Object.keys(message.selector), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.selector[keys[i]]).ldelim();
                    if (message.services != null && message.services.length)
                        for (let i = 0; i < message.services.length; ++i)
                            writer.uint32(/* id 5, wireType 2 =*/42).string(message.services[i]);
                    if (message.rules != null && message.rules.length)
                        for (let i = 0; i < message.rules.length; ++i)
                            $root.weft.discovery.v1.AuthorizationRule.encode(message.rules[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an AuthorizationPolicy message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.AuthorizationPolicy
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.AuthorizationPolicy & weft.discovery.v1.AuthorizationPolicy.$Shape} AuthorizationPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                AuthorizationPolicy.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.AuthorizationPolicy();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.action = value;
                                else
                                    delete message.action;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (message.selector === $util.emptyObject)
                                    message.selector = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.selector, key);
                                message.selector[key] = value;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.services && message.services.length))
                                    message.services = [];
                                message.services.push(reader.stringVerify());
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.rules && message.rules.length))
                                    message.rules = [];
                                message.rules.push($root.weft.discovery.v1.AuthorizationRule.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AuthorizationPolicy;
            })();

            v1.AuthorizationRule = (function() {

                /**
                 * Properties of an AuthorizationRule.
                 * @typedef {Object} weft.discovery.v1.AuthorizationRule.$Properties
                 * @property {Array.<weft.discovery.v1.SourceMatch.$Properties>|null} [from] AuthorizationRule from
                 * @property {Array.<weft.discovery.v1.OperationMatch.$Properties>|null} [to] AuthorizationRule to
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an AuthorizationRule.
                 * @memberof weft.discovery.v1
                 * @interface IAuthorizationRule
                 * @augments weft.discovery.v1.AuthorizationRule.$Properties
                 * @deprecated Use weft.discovery.v1.AuthorizationRule.$Properties instead.
                 */

                /**
                 * Shape of an AuthorizationRule.
                 * @typedef {weft.discovery.v1.AuthorizationRule.$Properties} weft.discovery.v1.AuthorizationRule.$Shape
                 */

                /**
                 * Constructs a new AuthorizationRule.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents an AuthorizationRule.
                 * @constructor
                 * @param {weft.discovery.v1.AuthorizationRule.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const AuthorizationRule = function (properties) {
                    this.from = [];
                    this.to = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * AuthorizationRule from.
                 * @member {Array.<weft.discovery.v1.SourceMatch.$Properties>} from
                 * @memberof weft.discovery.v1.AuthorizationRule
                 * @instance
                 */
                AuthorizationRule.prototype.from = $util.emptyArray;

                /**
                 * AuthorizationRule to.
                 * @member {Array.<weft.discovery.v1.OperationMatch.$Properties>} to
                 * @memberof weft.discovery.v1.AuthorizationRule
                 * @instance
                 */
                AuthorizationRule.prototype.to = $util.emptyArray;

                /**
                 * Creates a new AuthorizationRule instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.AuthorizationRule
                 * @static
                 * @param {weft.discovery.v1.AuthorizationRule.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.AuthorizationRule} AuthorizationRule instance
                 * @type {{
                 *   (properties: weft.discovery.v1.AuthorizationRule.$Shape): weft.discovery.v1.AuthorizationRule & weft.discovery.v1.AuthorizationRule.$Shape;
                 *   (properties?: weft.discovery.v1.AuthorizationRule.$Properties): weft.discovery.v1.AuthorizationRule;
                 * }}
                 */
                AuthorizationRule.create = function(properties) {
                    return new AuthorizationRule(properties);
                };

                /**
                 * Encodes the specified AuthorizationRule message. Does not implicitly {@link weft.discovery.v1.AuthorizationRule.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.AuthorizationRule
                 * @static
                 * @param {weft.discovery.v1.AuthorizationRule.$Properties} message AuthorizationRule message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                AuthorizationRule.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.from != null && message.from.length)
                        for (let i = 0; i < message.from.length; ++i)
                            $root.weft.discovery.v1.SourceMatch.encode(message.from[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.to != null && message.to.length)
                        for (let i = 0; i < message.to.length; ++i)
                            $root.weft.discovery.v1.OperationMatch.encode(message.to[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an AuthorizationRule message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.AuthorizationRule
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.AuthorizationRule & weft.discovery.v1.AuthorizationRule.$Shape} AuthorizationRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                AuthorizationRule.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.AuthorizationRule();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.from && message.from.length))
                                    message.from = [];
                                message.from.push($root.weft.discovery.v1.SourceMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.to && message.to.length))
                                    message.to = [];
                                message.to.push($root.weft.discovery.v1.OperationMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AuthorizationRule;
            })();

            v1.SourceMatch = (function() {

                /**
                 * Properties of a SourceMatch.
                 * @typedef {Object} weft.discovery.v1.SourceMatch.$Properties
                 * @property {Array.<string>|null} [identities] SourceMatch identities
                 * @property {Array.<string>|null} [namespaces] SourceMatch namespaces
                 * @property {Array.<string>|null} [notIdentities] SourceMatch notIdentities
                 * @property {Array.<string>|null} [notNamespaces] SourceMatch notNamespaces
                 * @property {boolean|null} [unauthenticated] SourceMatch unauthenticated
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SourceMatch.
                 * @memberof weft.discovery.v1
                 * @interface ISourceMatch
                 * @augments weft.discovery.v1.SourceMatch.$Properties
                 * @deprecated Use weft.discovery.v1.SourceMatch.$Properties instead.
                 */

                /**
                 * Shape of a SourceMatch.
                 * @typedef {weft.discovery.v1.SourceMatch.$Properties} weft.discovery.v1.SourceMatch.$Shape
                 */

                /**
                 * Constructs a new SourceMatch.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents a SourceMatch.
                 * @constructor
                 * @param {weft.discovery.v1.SourceMatch.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SourceMatch = function (properties) {
                    this.identities = [];
                    this.namespaces = [];
                    this.notIdentities = [];
                    this.notNamespaces = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SourceMatch identities.
                 * @member {Array.<string>} identities
                 * @memberof weft.discovery.v1.SourceMatch
                 * @instance
                 */
                SourceMatch.prototype.identities = $util.emptyArray;

                /**
                 * SourceMatch namespaces.
                 * @member {Array.<string>} namespaces
                 * @memberof weft.discovery.v1.SourceMatch
                 * @instance
                 */
                SourceMatch.prototype.namespaces = $util.emptyArray;

                /**
                 * SourceMatch notIdentities.
                 * @member {Array.<string>} notIdentities
                 * @memberof weft.discovery.v1.SourceMatch
                 * @instance
                 */
                SourceMatch.prototype.notIdentities = $util.emptyArray;

                /**
                 * SourceMatch notNamespaces.
                 * @member {Array.<string>} notNamespaces
                 * @memberof weft.discovery.v1.SourceMatch
                 * @instance
                 */
                SourceMatch.prototype.notNamespaces = $util.emptyArray;

                /**
                 * SourceMatch unauthenticated.
                 * @member {boolean} unauthenticated
                 * @memberof weft.discovery.v1.SourceMatch
                 * @instance
                 */
                SourceMatch.prototype.unauthenticated = false;

                /**
                 * Creates a new SourceMatch instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.SourceMatch
                 * @static
                 * @param {weft.discovery.v1.SourceMatch.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.SourceMatch} SourceMatch instance
                 * @type {{
                 *   (properties: weft.discovery.v1.SourceMatch.$Shape): weft.discovery.v1.SourceMatch & weft.discovery.v1.SourceMatch.$Shape;
                 *   (properties?: weft.discovery.v1.SourceMatch.$Properties): weft.discovery.v1.SourceMatch;
                 * }}
                 */
                SourceMatch.create = function(properties) {
                    return new SourceMatch(properties);
                };

                /**
                 * Encodes the specified SourceMatch message. Does not implicitly {@link weft.discovery.v1.SourceMatch.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.SourceMatch
                 * @static
                 * @param {weft.discovery.v1.SourceMatch.$Properties} message SourceMatch message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SourceMatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.identities != null && message.identities.length)
                        for (let i = 0; i < message.identities.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).string(message.identities[i]);
                    if (message.namespaces != null && message.namespaces.length)
                        for (let i = 0; i < message.namespaces.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespaces[i]);
                    if (message.notIdentities != null && message.notIdentities.length)
                        for (let i = 0; i < message.notIdentities.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.notIdentities[i]);
                    if (message.notNamespaces != null && message.notNamespaces.length)
                        for (let i = 0; i < message.notNamespaces.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).string(message.notNamespaces[i]);
                    if (message.unauthenticated != null && $Object.hasOwnProperty.call(message, "unauthenticated") && message.unauthenticated !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.unauthenticated);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SourceMatch message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.SourceMatch
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SourceMatch & weft.discovery.v1.SourceMatch.$Shape} SourceMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SourceMatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.SourceMatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.identities && message.identities.length))
                                    message.identities = [];
                                message.identities.push(reader.stringVerify());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.namespaces && message.namespaces.length))
                                    message.namespaces = [];
                                message.namespaces.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.notIdentities && message.notIdentities.length))
                                    message.notIdentities = [];
                                message.notIdentities.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.notNamespaces && message.notNamespaces.length))
                                    message.notNamespaces = [];
                                message.notNamespaces.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.unauthenticated = value;
                                else
                                    delete message.unauthenticated;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SourceMatch;
            })();

            v1.OperationMatch = (function() {

                /**
                 * Properties of an OperationMatch.
                 * @typedef {Object} weft.discovery.v1.OperationMatch.$Properties
                 * @property {Array.<number>|null} [ports] OperationMatch ports
                 * @property {Array.<string>|null} [methods] OperationMatch methods
                 * @property {Array.<weft.discovery.v1.StringMatch.$Properties>|null} [paths] OperationMatch paths
                 * @property {Array.<weft.discovery.v1.NamedMatch.$Properties>|null} [headers] OperationMatch headers
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an OperationMatch.
                 * @memberof weft.discovery.v1
                 * @interface IOperationMatch
                 * @augments weft.discovery.v1.OperationMatch.$Properties
                 * @deprecated Use weft.discovery.v1.OperationMatch.$Properties instead.
                 */

                /**
                 * Shape of an OperationMatch.
                 * @typedef {weft.discovery.v1.OperationMatch.$Properties} weft.discovery.v1.OperationMatch.$Shape
                 */

                /**
                 * Constructs a new OperationMatch.
                 * @memberof weft.discovery.v1
                 * @classdesc Represents an OperationMatch.
                 * @constructor
                 * @param {weft.discovery.v1.OperationMatch.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const OperationMatch = function (properties) {
                    this.ports = [];
                    this.methods = [];
                    this.paths = [];
                    this.headers = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * OperationMatch ports.
                 * @member {Array.<number>} ports
                 * @memberof weft.discovery.v1.OperationMatch
                 * @instance
                 */
                OperationMatch.prototype.ports = $util.emptyArray;

                /**
                 * OperationMatch methods.
                 * @member {Array.<string>} methods
                 * @memberof weft.discovery.v1.OperationMatch
                 * @instance
                 */
                OperationMatch.prototype.methods = $util.emptyArray;

                /**
                 * OperationMatch paths.
                 * @member {Array.<weft.discovery.v1.StringMatch.$Properties>} paths
                 * @memberof weft.discovery.v1.OperationMatch
                 * @instance
                 */
                OperationMatch.prototype.paths = $util.emptyArray;

                /**
                 * OperationMatch headers.
                 * @member {Array.<weft.discovery.v1.NamedMatch.$Properties>} headers
                 * @memberof weft.discovery.v1.OperationMatch
                 * @instance
                 */
                OperationMatch.prototype.headers = $util.emptyArray;

                /**
                 * Creates a new OperationMatch instance using the specified properties.
                 * @function create
                 * @memberof weft.discovery.v1.OperationMatch
                 * @static
                 * @param {weft.discovery.v1.OperationMatch.$Properties=} [properties] Properties to set
                 * @returns {weft.discovery.v1.OperationMatch} OperationMatch instance
                 * @type {{
                 *   (properties: weft.discovery.v1.OperationMatch.$Shape): weft.discovery.v1.OperationMatch & weft.discovery.v1.OperationMatch.$Shape;
                 *   (properties?: weft.discovery.v1.OperationMatch.$Properties): weft.discovery.v1.OperationMatch;
                 * }}
                 */
                OperationMatch.create = function(properties) {
                    return new OperationMatch(properties);
                };

                /**
                 * Encodes the specified OperationMatch message. Does not implicitly {@link weft.discovery.v1.OperationMatch.verify|verify} messages.
                 * @function encode
                 * @memberof weft.discovery.v1.OperationMatch
                 * @static
                 * @param {weft.discovery.v1.OperationMatch.$Properties} message OperationMatch message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                OperationMatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ports != null && message.ports.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.ports);
                    if (message.methods != null && message.methods.length)
                        for (let i = 0; i < message.methods.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.methods[i]);
                    if (message.paths != null && message.paths.length)
                        for (let i = 0; i < message.paths.length; ++i)
                            $root.weft.discovery.v1.StringMatch.encode(message.paths[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.headers != null && message.headers.length)
                        for (let i = 0; i < message.headers.length; ++i)
                            $root.weft.discovery.v1.NamedMatch.encode(message.headers[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an OperationMatch message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.discovery.v1.OperationMatch
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.OperationMatch & weft.discovery.v1.OperationMatch.$Shape} OperationMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                OperationMatch.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.discovery.v1.OperationMatch();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType === 2) {
                                    if (!(message.ports && message.ports.length))
                                        message.ports = [];
                                    reader.uint32s(message.ports);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.ports && message.ports.length))
                                    message.ports = [];
                                message.ports.push(reader.uint32());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.methods && message.methods.length))
                                    message.methods = [];
                                message.methods.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.paths && message.paths.length))
                                    message.paths = [];
                                message.paths.push($root.weft.discovery.v1.StringMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.headers && message.headers.length))
                                    message.headers = [];
                                message.headers.push($root.weft.discovery.v1.NamedMatch.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return OperationMatch;
            })();

            return v1;
        })();

        return discovery;
    })();

    weft.management = (function() {

        /**
         * Namespace management.
         * @memberof weft
         * @namespace
         */
        const management = {};

        management.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof weft.management
             * @namespace
             */
            const v1 = {};

            v1.ApplyRequest = (function() {

                /**
                 * Properties of an ApplyRequest.
                 * @typedef {Object} weft.management.v1.ApplyRequest.$Properties
                 * @property {Array.<string>|null} [resources] ApplyRequest resources
                 * @property {boolean|null} [dryRun] ApplyRequest dryRun
                 * @property {string|null} [author] ApplyRequest author
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ApplyRequest.
                 * @memberof weft.management.v1
                 * @interface IApplyRequest
                 * @augments weft.management.v1.ApplyRequest.$Properties
                 * @deprecated Use weft.management.v1.ApplyRequest.$Properties instead.
                 */

                /**
                 * Shape of an ApplyRequest.
                 * @typedef {weft.management.v1.ApplyRequest.$Properties} weft.management.v1.ApplyRequest.$Shape
                 */

                /**
                 * Constructs a new ApplyRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents an ApplyRequest.
                 * @constructor
                 * @param {weft.management.v1.ApplyRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ApplyRequest = function (properties) {
                    this.resources = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ApplyRequest resources.
                 * @member {Array.<string>} resources
                 * @memberof weft.management.v1.ApplyRequest
                 * @instance
                 */
                ApplyRequest.prototype.resources = $util.emptyArray;

                /**
                 * ApplyRequest dryRun.
                 * @member {boolean} dryRun
                 * @memberof weft.management.v1.ApplyRequest
                 * @instance
                 */
                ApplyRequest.prototype.dryRun = false;

                /**
                 * ApplyRequest author.
                 * @member {string} author
                 * @memberof weft.management.v1.ApplyRequest
                 * @instance
                 */
                ApplyRequest.prototype.author = "";

                /**
                 * Creates a new ApplyRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.ApplyRequest
                 * @static
                 * @param {weft.management.v1.ApplyRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.ApplyRequest} ApplyRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.ApplyRequest.$Shape): weft.management.v1.ApplyRequest & weft.management.v1.ApplyRequest.$Shape;
                 *   (properties?: weft.management.v1.ApplyRequest.$Properties): weft.management.v1.ApplyRequest;
                 * }}
                 */
                ApplyRequest.create = function(properties) {
                    return new ApplyRequest(properties);
                };

                /**
                 * Encodes the specified ApplyRequest message. Does not implicitly {@link weft.management.v1.ApplyRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.ApplyRequest
                 * @static
                 * @param {weft.management.v1.ApplyRequest.$Properties} message ApplyRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ApplyRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.resources != null && message.resources.length)
                        for (let i = 0; i < message.resources.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).string(message.resources[i]);
                    if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun") && message.dryRun !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.dryRun);
                    if (message.author != null && $Object.hasOwnProperty.call(message, "author") && message.author !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.author);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ApplyRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.ApplyRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.ApplyRequest & weft.management.v1.ApplyRequest.$Shape} ApplyRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ApplyRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.ApplyRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.resources && message.resources.length))
                                    message.resources = [];
                                message.resources.push(reader.stringVerify());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.dryRun = value;
                                else
                                    delete message.dryRun;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.author = value;
                                else
                                    delete message.author;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ApplyRequest;
            })();

            v1.ApplyResponse = (function() {

                /**
                 * Properties of an ApplyResponse.
                 * @typedef {Object} weft.management.v1.ApplyResponse.$Properties
                 * @property {number|null} [revision] ApplyResponse revision
                 * @property {Array.<weft.management.v1.ApplyResult.$Properties>|null} [results] ApplyResponse results
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ApplyResponse.
                 * @memberof weft.management.v1
                 * @interface IApplyResponse
                 * @augments weft.management.v1.ApplyResponse.$Properties
                 * @deprecated Use weft.management.v1.ApplyResponse.$Properties instead.
                 */

                /**
                 * Shape of an ApplyResponse.
                 * @typedef {weft.management.v1.ApplyResponse.$Properties} weft.management.v1.ApplyResponse.$Shape
                 */

                /**
                 * Constructs a new ApplyResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents an ApplyResponse.
                 * @constructor
                 * @param {weft.management.v1.ApplyResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ApplyResponse = function (properties) {
                    this.results = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ApplyResponse revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.ApplyResponse
                 * @instance
                 */
                ApplyResponse.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * ApplyResponse results.
                 * @member {Array.<weft.management.v1.ApplyResult.$Properties>} results
                 * @memberof weft.management.v1.ApplyResponse
                 * @instance
                 */
                ApplyResponse.prototype.results = $util.emptyArray;

                /**
                 * Creates a new ApplyResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.ApplyResponse
                 * @static
                 * @param {weft.management.v1.ApplyResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.ApplyResponse} ApplyResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.ApplyResponse.$Shape): weft.management.v1.ApplyResponse & weft.management.v1.ApplyResponse.$Shape;
                 *   (properties?: weft.management.v1.ApplyResponse.$Properties): weft.management.v1.ApplyResponse;
                 * }}
                 */
                ApplyResponse.create = function(properties) {
                    return new ApplyResponse(properties);
                };

                /**
                 * Encodes the specified ApplyResponse message. Does not implicitly {@link weft.management.v1.ApplyResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.ApplyResponse
                 * @static
                 * @param {weft.management.v1.ApplyResponse.$Properties} message ApplyResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ApplyResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.revision);
                    if (message.results != null && message.results.length)
                        for (let i = 0; i < message.results.length; ++i)
                            $root.weft.management.v1.ApplyResult.encode(message.results[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ApplyResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.ApplyResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.ApplyResponse & weft.management.v1.ApplyResponse.$Shape} ApplyResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ApplyResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.ApplyResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.results && message.results.length))
                                    message.results = [];
                                message.results.push($root.weft.management.v1.ApplyResult.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ApplyResponse;
            })();

            v1.ApplyResult = (function() {

                /**
                 * Properties of an ApplyResult.
                 * @typedef {Object} weft.management.v1.ApplyResult.$Properties
                 * @property {string|null} [resource] ApplyResult resource
                 * @property {string|null} [outcome] ApplyResult outcome
                 * @property {Array.<string>|null} [warnings] ApplyResult warnings
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ApplyResult.
                 * @memberof weft.management.v1
                 * @interface IApplyResult
                 * @augments weft.management.v1.ApplyResult.$Properties
                 * @deprecated Use weft.management.v1.ApplyResult.$Properties instead.
                 */

                /**
                 * Shape of an ApplyResult.
                 * @typedef {weft.management.v1.ApplyResult.$Properties} weft.management.v1.ApplyResult.$Shape
                 */

                /**
                 * Constructs a new ApplyResult.
                 * @memberof weft.management.v1
                 * @classdesc Represents an ApplyResult.
                 * @constructor
                 * @param {weft.management.v1.ApplyResult.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ApplyResult = function (properties) {
                    this.warnings = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ApplyResult resource.
                 * @member {string} resource
                 * @memberof weft.management.v1.ApplyResult
                 * @instance
                 */
                ApplyResult.prototype.resource = "";

                /**
                 * ApplyResult outcome.
                 * @member {string} outcome
                 * @memberof weft.management.v1.ApplyResult
                 * @instance
                 */
                ApplyResult.prototype.outcome = "";

                /**
                 * ApplyResult warnings.
                 * @member {Array.<string>} warnings
                 * @memberof weft.management.v1.ApplyResult
                 * @instance
                 */
                ApplyResult.prototype.warnings = $util.emptyArray;

                /**
                 * Creates a new ApplyResult instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.ApplyResult
                 * @static
                 * @param {weft.management.v1.ApplyResult.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.ApplyResult} ApplyResult instance
                 * @type {{
                 *   (properties: weft.management.v1.ApplyResult.$Shape): weft.management.v1.ApplyResult & weft.management.v1.ApplyResult.$Shape;
                 *   (properties?: weft.management.v1.ApplyResult.$Properties): weft.management.v1.ApplyResult;
                 * }}
                 */
                ApplyResult.create = function(properties) {
                    return new ApplyResult(properties);
                };

                /**
                 * Encodes the specified ApplyResult message. Does not implicitly {@link weft.management.v1.ApplyResult.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.ApplyResult
                 * @static
                 * @param {weft.management.v1.ApplyResult.$Properties} message ApplyResult message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ApplyResult.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.resource != null && $Object.hasOwnProperty.call(message, "resource") && message.resource !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.resource);
                    if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.outcome);
                    if (message.warnings != null && message.warnings.length)
                        for (let i = 0; i < message.warnings.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.warnings[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ApplyResult message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.ApplyResult
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.ApplyResult & weft.management.v1.ApplyResult.$Shape} ApplyResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ApplyResult.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.ApplyResult();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.resource = value;
                                else
                                    delete message.resource;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.outcome = value;
                                else
                                    delete message.outcome;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.warnings && message.warnings.length))
                                    message.warnings = [];
                                message.warnings.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ApplyResult;
            })();

            v1.GetRequest = (function() {

                /**
                 * Properties of a GetRequest.
                 * @typedef {Object} weft.management.v1.GetRequest.$Properties
                 * @property {string|null} [kind] GetRequest kind
                 * @property {string|null} [namespace] GetRequest namespace
                 * @property {string|null} [name] GetRequest name
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a GetRequest.
                 * @memberof weft.management.v1
                 * @interface IGetRequest
                 * @augments weft.management.v1.GetRequest.$Properties
                 * @deprecated Use weft.management.v1.GetRequest.$Properties instead.
                 */

                /**
                 * Shape of a GetRequest.
                 * @typedef {weft.management.v1.GetRequest.$Properties} weft.management.v1.GetRequest.$Shape
                 */

                /**
                 * Constructs a new GetRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents a GetRequest.
                 * @constructor
                 * @param {weft.management.v1.GetRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const GetRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * GetRequest kind.
                 * @member {string} kind
                 * @memberof weft.management.v1.GetRequest
                 * @instance
                 */
                GetRequest.prototype.kind = "";

                /**
                 * GetRequest namespace.
                 * @member {string} namespace
                 * @memberof weft.management.v1.GetRequest
                 * @instance
                 */
                GetRequest.prototype.namespace = "";

                /**
                 * GetRequest name.
                 * @member {string} name
                 * @memberof weft.management.v1.GetRequest
                 * @instance
                 */
                GetRequest.prototype.name = "";

                /**
                 * Creates a new GetRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.GetRequest
                 * @static
                 * @param {weft.management.v1.GetRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.GetRequest} GetRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.GetRequest.$Shape): weft.management.v1.GetRequest & weft.management.v1.GetRequest.$Shape;
                 *   (properties?: weft.management.v1.GetRequest.$Properties): weft.management.v1.GetRequest;
                 * }}
                 */
                GetRequest.create = function(properties) {
                    return new GetRequest(properties);
                };

                /**
                 * Encodes the specified GetRequest message. Does not implicitly {@link weft.management.v1.GetRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.GetRequest
                 * @static
                 * @param {weft.management.v1.GetRequest.$Properties} message GetRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                GetRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a GetRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.GetRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.GetRequest & weft.management.v1.GetRequest.$Shape} GetRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                GetRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.GetRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return GetRequest;
            })();

            v1.GetResponse = (function() {

                /**
                 * Properties of a GetResponse.
                 * @typedef {Object} weft.management.v1.GetResponse.$Properties
                 * @property {Array.<string>|null} [resources] GetResponse resources
                 * @property {number|null} [revision] GetResponse revision
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a GetResponse.
                 * @memberof weft.management.v1
                 * @interface IGetResponse
                 * @augments weft.management.v1.GetResponse.$Properties
                 * @deprecated Use weft.management.v1.GetResponse.$Properties instead.
                 */

                /**
                 * Shape of a GetResponse.
                 * @typedef {weft.management.v1.GetResponse.$Properties} weft.management.v1.GetResponse.$Shape
                 */

                /**
                 * Constructs a new GetResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents a GetResponse.
                 * @constructor
                 * @param {weft.management.v1.GetResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const GetResponse = function (properties) {
                    this.resources = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * GetResponse resources.
                 * @member {Array.<string>} resources
                 * @memberof weft.management.v1.GetResponse
                 * @instance
                 */
                GetResponse.prototype.resources = $util.emptyArray;

                /**
                 * GetResponse revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.GetResponse
                 * @instance
                 */
                GetResponse.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new GetResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.GetResponse
                 * @static
                 * @param {weft.management.v1.GetResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.GetResponse} GetResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.GetResponse.$Shape): weft.management.v1.GetResponse & weft.management.v1.GetResponse.$Shape;
                 *   (properties?: weft.management.v1.GetResponse.$Properties): weft.management.v1.GetResponse;
                 * }}
                 */
                GetResponse.create = function(properties) {
                    return new GetResponse(properties);
                };

                /**
                 * Encodes the specified GetResponse message. Does not implicitly {@link weft.management.v1.GetResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.GetResponse
                 * @static
                 * @param {weft.management.v1.GetResponse.$Properties} message GetResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                GetResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.resources != null && message.resources.length)
                        for (let i = 0; i < message.resources.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).string(message.resources[i]);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.revision);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a GetResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.GetResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.GetResponse & weft.management.v1.GetResponse.$Shape} GetResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                GetResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.GetResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.resources && message.resources.length))
                                    message.resources = [];
                                message.resources.push(reader.stringVerify());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return GetResponse;
            })();

            v1.DeleteRequest = (function() {

                /**
                 * Properties of a DeleteRequest.
                 * @typedef {Object} weft.management.v1.DeleteRequest.$Properties
                 * @property {string|null} [kind] DeleteRequest kind
                 * @property {string|null} [namespace] DeleteRequest namespace
                 * @property {string|null} [name] DeleteRequest name
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DeleteRequest.
                 * @memberof weft.management.v1
                 * @interface IDeleteRequest
                 * @augments weft.management.v1.DeleteRequest.$Properties
                 * @deprecated Use weft.management.v1.DeleteRequest.$Properties instead.
                 */

                /**
                 * Shape of a DeleteRequest.
                 * @typedef {weft.management.v1.DeleteRequest.$Properties} weft.management.v1.DeleteRequest.$Shape
                 */

                /**
                 * Constructs a new DeleteRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents a DeleteRequest.
                 * @constructor
                 * @param {weft.management.v1.DeleteRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DeleteRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DeleteRequest kind.
                 * @member {string} kind
                 * @memberof weft.management.v1.DeleteRequest
                 * @instance
                 */
                DeleteRequest.prototype.kind = "";

                /**
                 * DeleteRequest namespace.
                 * @member {string} namespace
                 * @memberof weft.management.v1.DeleteRequest
                 * @instance
                 */
                DeleteRequest.prototype.namespace = "";

                /**
                 * DeleteRequest name.
                 * @member {string} name
                 * @memberof weft.management.v1.DeleteRequest
                 * @instance
                 */
                DeleteRequest.prototype.name = "";

                /**
                 * Creates a new DeleteRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.DeleteRequest
                 * @static
                 * @param {weft.management.v1.DeleteRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.DeleteRequest} DeleteRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.DeleteRequest.$Shape): weft.management.v1.DeleteRequest & weft.management.v1.DeleteRequest.$Shape;
                 *   (properties?: weft.management.v1.DeleteRequest.$Properties): weft.management.v1.DeleteRequest;
                 * }}
                 */
                DeleteRequest.create = function(properties) {
                    return new DeleteRequest(properties);
                };

                /**
                 * Encodes the specified DeleteRequest message. Does not implicitly {@link weft.management.v1.DeleteRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.DeleteRequest
                 * @static
                 * @param {weft.management.v1.DeleteRequest.$Properties} message DeleteRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DeleteRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DeleteRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.DeleteRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.DeleteRequest & weft.management.v1.DeleteRequest.$Shape} DeleteRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DeleteRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.DeleteRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeleteRequest;
            })();

            v1.DeleteResponse = (function() {

                /**
                 * Properties of a DeleteResponse.
                 * @typedef {Object} weft.management.v1.DeleteResponse.$Properties
                 * @property {number|null} [revision] DeleteResponse revision
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DeleteResponse.
                 * @memberof weft.management.v1
                 * @interface IDeleteResponse
                 * @augments weft.management.v1.DeleteResponse.$Properties
                 * @deprecated Use weft.management.v1.DeleteResponse.$Properties instead.
                 */

                /**
                 * Shape of a DeleteResponse.
                 * @typedef {weft.management.v1.DeleteResponse.$Properties} weft.management.v1.DeleteResponse.$Shape
                 */

                /**
                 * Constructs a new DeleteResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents a DeleteResponse.
                 * @constructor
                 * @param {weft.management.v1.DeleteResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DeleteResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DeleteResponse revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.DeleteResponse
                 * @instance
                 */
                DeleteResponse.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new DeleteResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.DeleteResponse
                 * @static
                 * @param {weft.management.v1.DeleteResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.DeleteResponse} DeleteResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.DeleteResponse.$Shape): weft.management.v1.DeleteResponse & weft.management.v1.DeleteResponse.$Shape;
                 *   (properties?: weft.management.v1.DeleteResponse.$Properties): weft.management.v1.DeleteResponse;
                 * }}
                 */
                DeleteResponse.create = function(properties) {
                    return new DeleteResponse(properties);
                };

                /**
                 * Encodes the specified DeleteResponse message. Does not implicitly {@link weft.management.v1.DeleteResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.DeleteResponse
                 * @static
                 * @param {weft.management.v1.DeleteResponse.$Properties} message DeleteResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DeleteResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.revision);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DeleteResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.DeleteResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.DeleteResponse & weft.management.v1.DeleteResponse.$Shape} DeleteResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DeleteResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.DeleteResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DeleteResponse;
            })();

            v1.WaitRequest = (function() {

                /**
                 * Properties of a WaitRequest.
                 * @typedef {Object} weft.management.v1.WaitRequest.$Properties
                 * @property {number|null} [revision] WaitRequest revision
                 * @property {number|null} [timeoutMs] WaitRequest timeoutMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WaitRequest.
                 * @memberof weft.management.v1
                 * @interface IWaitRequest
                 * @augments weft.management.v1.WaitRequest.$Properties
                 * @deprecated Use weft.management.v1.WaitRequest.$Properties instead.
                 */

                /**
                 * Shape of a WaitRequest.
                 * @typedef {weft.management.v1.WaitRequest.$Properties} weft.management.v1.WaitRequest.$Shape
                 */

                /**
                 * Constructs a new WaitRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents a WaitRequest.
                 * @constructor
                 * @param {weft.management.v1.WaitRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WaitRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WaitRequest revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.WaitRequest
                 * @instance
                 */
                WaitRequest.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * WaitRequest timeoutMs.
                 * @member {number} timeoutMs
                 * @memberof weft.management.v1.WaitRequest
                 * @instance
                 */
                WaitRequest.prototype.timeoutMs = 0;

                /**
                 * Creates a new WaitRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.WaitRequest
                 * @static
                 * @param {weft.management.v1.WaitRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.WaitRequest} WaitRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.WaitRequest.$Shape): weft.management.v1.WaitRequest & weft.management.v1.WaitRequest.$Shape;
                 *   (properties?: weft.management.v1.WaitRequest.$Properties): weft.management.v1.WaitRequest;
                 * }}
                 */
                WaitRequest.create = function(properties) {
                    return new WaitRequest(properties);
                };

                /**
                 * Encodes the specified WaitRequest message. Does not implicitly {@link weft.management.v1.WaitRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.WaitRequest
                 * @static
                 * @param {weft.management.v1.WaitRequest.$Properties} message WaitRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WaitRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.revision);
                    if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeoutMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WaitRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.WaitRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.WaitRequest & weft.management.v1.WaitRequest.$Shape} WaitRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WaitRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.WaitRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.timeoutMs = value;
                                else
                                    delete message.timeoutMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return WaitRequest;
            })();

            v1.WaitResponse = (function() {

                /**
                 * Properties of a WaitResponse.
                 * @typedef {Object} weft.management.v1.WaitResponse.$Properties
                 * @property {boolean|null} [complete] WaitResponse complete
                 * @property {Array.<weft.management.v1.AgentProgress.$Properties>|null} [agents] WaitResponse agents
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WaitResponse.
                 * @memberof weft.management.v1
                 * @interface IWaitResponse
                 * @augments weft.management.v1.WaitResponse.$Properties
                 * @deprecated Use weft.management.v1.WaitResponse.$Properties instead.
                 */

                /**
                 * Shape of a WaitResponse.
                 * @typedef {weft.management.v1.WaitResponse.$Properties} weft.management.v1.WaitResponse.$Shape
                 */

                /**
                 * Constructs a new WaitResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents a WaitResponse.
                 * @constructor
                 * @param {weft.management.v1.WaitResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WaitResponse = function (properties) {
                    this.agents = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WaitResponse complete.
                 * @member {boolean} complete
                 * @memberof weft.management.v1.WaitResponse
                 * @instance
                 */
                WaitResponse.prototype.complete = false;

                /**
                 * WaitResponse agents.
                 * @member {Array.<weft.management.v1.AgentProgress.$Properties>} agents
                 * @memberof weft.management.v1.WaitResponse
                 * @instance
                 */
                WaitResponse.prototype.agents = $util.emptyArray;

                /**
                 * Creates a new WaitResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.WaitResponse
                 * @static
                 * @param {weft.management.v1.WaitResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.WaitResponse} WaitResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.WaitResponse.$Shape): weft.management.v1.WaitResponse & weft.management.v1.WaitResponse.$Shape;
                 *   (properties?: weft.management.v1.WaitResponse.$Properties): weft.management.v1.WaitResponse;
                 * }}
                 */
                WaitResponse.create = function(properties) {
                    return new WaitResponse(properties);
                };

                /**
                 * Encodes the specified WaitResponse message. Does not implicitly {@link weft.management.v1.WaitResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.WaitResponse
                 * @static
                 * @param {weft.management.v1.WaitResponse.$Properties} message WaitResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WaitResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.complete);
                    if (message.agents != null && message.agents.length)
                        for (let i = 0; i < message.agents.length; ++i)
                            $root.weft.management.v1.AgentProgress.encode(message.agents[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WaitResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.WaitResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.WaitResponse & weft.management.v1.WaitResponse.$Shape} WaitResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WaitResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.WaitResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.complete = value;
                                else
                                    delete message.complete;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.agents && message.agents.length))
                                    message.agents = [];
                                message.agents.push($root.weft.management.v1.AgentProgress.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return WaitResponse;
            })();

            v1.AgentProgress = (function() {

                /**
                 * Properties of an AgentProgress.
                 * @typedef {Object} weft.management.v1.AgentProgress.$Properties
                 * @property {string|null} [node] AgentProgress node
                 * @property {number|null} [revision] AgentProgress revision
                 * @property {number|null} [policyRevision] AgentProgress policyRevision
                 * @property {string|null} [error] AgentProgress error
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an AgentProgress.
                 * @memberof weft.management.v1
                 * @interface IAgentProgress
                 * @augments weft.management.v1.AgentProgress.$Properties
                 * @deprecated Use weft.management.v1.AgentProgress.$Properties instead.
                 */

                /**
                 * Shape of an AgentProgress.
                 * @typedef {weft.management.v1.AgentProgress.$Properties} weft.management.v1.AgentProgress.$Shape
                 */

                /**
                 * Constructs a new AgentProgress.
                 * @memberof weft.management.v1
                 * @classdesc Represents an AgentProgress.
                 * @constructor
                 * @param {weft.management.v1.AgentProgress.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const AgentProgress = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * AgentProgress node.
                 * @member {string} node
                 * @memberof weft.management.v1.AgentProgress
                 * @instance
                 */
                AgentProgress.prototype.node = "";

                /**
                 * AgentProgress revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.AgentProgress
                 * @instance
                 */
                AgentProgress.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * AgentProgress policyRevision.
                 * @member {number} policyRevision
                 * @memberof weft.management.v1.AgentProgress
                 * @instance
                 */
                AgentProgress.prototype.policyRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * AgentProgress error.
                 * @member {string} error
                 * @memberof weft.management.v1.AgentProgress
                 * @instance
                 */
                AgentProgress.prototype.error = "";

                /**
                 * Creates a new AgentProgress instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.AgentProgress
                 * @static
                 * @param {weft.management.v1.AgentProgress.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.AgentProgress} AgentProgress instance
                 * @type {{
                 *   (properties: weft.management.v1.AgentProgress.$Shape): weft.management.v1.AgentProgress & weft.management.v1.AgentProgress.$Shape;
                 *   (properties?: weft.management.v1.AgentProgress.$Properties): weft.management.v1.AgentProgress;
                 * }}
                 */
                AgentProgress.create = function(properties) {
                    return new AgentProgress(properties);
                };

                /**
                 * Encodes the specified AgentProgress message. Does not implicitly {@link weft.management.v1.AgentProgress.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.AgentProgress
                 * @static
                 * @param {weft.management.v1.AgentProgress.$Properties} message AgentProgress message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                AgentProgress.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.revision);
                    if (message.policyRevision != null && $Object.hasOwnProperty.call(message, "policyRevision") && (typeof message.policyRevision === "object" ? message.policyRevision.low || message.policyRevision.high : message.policyRevision !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.policyRevision);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.error);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an AgentProgress message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.AgentProgress
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.AgentProgress & weft.management.v1.AgentProgress.$Shape} AgentProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                AgentProgress.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.AgentProgress();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.policyRevision = value;
                                else
                                    delete message.policyRevision;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.error = value;
                                else
                                    delete message.error;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AgentProgress;
            })();

            v1.StatusRequest = (function() {

                /**
                 * Properties of a StatusRequest.
                 * @typedef {Object} weft.management.v1.StatusRequest.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatusRequest.
                 * @memberof weft.management.v1
                 * @interface IStatusRequest
                 * @augments weft.management.v1.StatusRequest.$Properties
                 * @deprecated Use weft.management.v1.StatusRequest.$Properties instead.
                 */

                /**
                 * Shape of a StatusRequest.
                 * @typedef {weft.management.v1.StatusRequest.$Properties} weft.management.v1.StatusRequest.$Shape
                 */

                /**
                 * Constructs a new StatusRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents a StatusRequest.
                 * @constructor
                 * @param {weft.management.v1.StatusRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatusRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Creates a new StatusRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.StatusRequest
                 * @static
                 * @param {weft.management.v1.StatusRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.StatusRequest} StatusRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.StatusRequest.$Shape): weft.management.v1.StatusRequest & weft.management.v1.StatusRequest.$Shape;
                 *   (properties?: weft.management.v1.StatusRequest.$Properties): weft.management.v1.StatusRequest;
                 * }}
                 */
                StatusRequest.create = function(properties) {
                    return new StatusRequest(properties);
                };

                /**
                 * Encodes the specified StatusRequest message. Does not implicitly {@link weft.management.v1.StatusRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.StatusRequest
                 * @static
                 * @param {weft.management.v1.StatusRequest.$Properties} message StatusRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatusRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatusRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.StatusRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatusRequest & weft.management.v1.StatusRequest.$Shape} StatusRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatusRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.StatusRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StatusRequest;
            })();

            v1.StatusResponse = (function() {

                /**
                 * Properties of a StatusResponse.
                 * @typedef {Object} weft.management.v1.StatusResponse.$Properties
                 * @property {string|null} [mesh] StatusResponse mesh
                 * @property {string|null} [trustDomain] StatusResponse trustDomain
                 * @property {number|null} [revision] StatusResponse revision
                 * @property {string|null} [version] StatusResponse version
                 * @property {Array.<weft.management.v1.NodeStatus.$Properties>|null} [nodes] StatusResponse nodes
                 * @property {Array.<weft.management.v1.WorkloadState.$Properties>|null} [workloads] StatusResponse workloads
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatusResponse.
                 * @memberof weft.management.v1
                 * @interface IStatusResponse
                 * @augments weft.management.v1.StatusResponse.$Properties
                 * @deprecated Use weft.management.v1.StatusResponse.$Properties instead.
                 */

                /**
                 * Shape of a StatusResponse.
                 * @typedef {weft.management.v1.StatusResponse.$Properties} weft.management.v1.StatusResponse.$Shape
                 */

                /**
                 * Constructs a new StatusResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents a StatusResponse.
                 * @constructor
                 * @param {weft.management.v1.StatusResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatusResponse = function (properties) {
                    this.nodes = [];
                    this.workloads = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatusResponse mesh.
                 * @member {string} mesh
                 * @memberof weft.management.v1.StatusResponse
                 * @instance
                 */
                StatusResponse.prototype.mesh = "";

                /**
                 * StatusResponse trustDomain.
                 * @member {string} trustDomain
                 * @memberof weft.management.v1.StatusResponse
                 * @instance
                 */
                StatusResponse.prototype.trustDomain = "";

                /**
                 * StatusResponse revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.StatusResponse
                 * @instance
                 */
                StatusResponse.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatusResponse version.
                 * @member {string} version
                 * @memberof weft.management.v1.StatusResponse
                 * @instance
                 */
                StatusResponse.prototype.version = "";

                /**
                 * StatusResponse nodes.
                 * @member {Array.<weft.management.v1.NodeStatus.$Properties>} nodes
                 * @memberof weft.management.v1.StatusResponse
                 * @instance
                 */
                StatusResponse.prototype.nodes = $util.emptyArray;

                /**
                 * StatusResponse workloads.
                 * @member {Array.<weft.management.v1.WorkloadState.$Properties>} workloads
                 * @memberof weft.management.v1.StatusResponse
                 * @instance
                 */
                StatusResponse.prototype.workloads = $util.emptyArray;

                /**
                 * Creates a new StatusResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.StatusResponse
                 * @static
                 * @param {weft.management.v1.StatusResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.StatusResponse} StatusResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.StatusResponse.$Shape): weft.management.v1.StatusResponse & weft.management.v1.StatusResponse.$Shape;
                 *   (properties?: weft.management.v1.StatusResponse.$Properties): weft.management.v1.StatusResponse;
                 * }}
                 */
                StatusResponse.create = function(properties) {
                    return new StatusResponse(properties);
                };

                /**
                 * Encodes the specified StatusResponse message. Does not implicitly {@link weft.management.v1.StatusResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.StatusResponse
                 * @static
                 * @param {weft.management.v1.StatusResponse.$Properties} message StatusResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatusResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.mesh != null && $Object.hasOwnProperty.call(message, "mesh") && message.mesh !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.mesh);
                    if (message.trustDomain != null && $Object.hasOwnProperty.call(message, "trustDomain") && message.trustDomain !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.trustDomain);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.version);
                    if (message.nodes != null && message.nodes.length)
                        for (let i = 0; i < message.nodes.length; ++i)
                            $root.weft.management.v1.NodeStatus.encode(message.nodes[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.workloads != null && message.workloads.length)
                        for (let i = 0; i < message.workloads.length; ++i)
                            $root.weft.management.v1.WorkloadState.encode(message.workloads[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatusResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.StatusResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatusResponse & weft.management.v1.StatusResponse.$Shape} StatusResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatusResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.StatusResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.mesh = value;
                                else
                                    delete message.mesh;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.trustDomain = value;
                                else
                                    delete message.trustDomain;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.nodes && message.nodes.length))
                                    message.nodes = [];
                                message.nodes.push($root.weft.management.v1.NodeStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.workloads && message.workloads.length))
                                    message.workloads = [];
                                message.workloads.push($root.weft.management.v1.WorkloadState.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StatusResponse;
            })();

            v1.NodeStatus = (function() {

                /**
                 * Properties of a NodeStatus.
                 * @typedef {Object} weft.management.v1.NodeStatus.$Properties
                 * @property {string|null} [name] NodeStatus name
                 * @property {string|null} [address] NodeStatus address
                 * @property {boolean|null} [connected] NodeStatus connected
                 * @property {number|null} [revision] NodeStatus revision
                 * @property {number|null} [policyRevision] NodeStatus policyRevision
                 * @property {string|null} [error] NodeStatus error
                 * @property {string|null} [version] NodeStatus version
                 * @property {Array.<weft.discovery.v1.NodeNotice.$Properties>|null} [notices] NodeStatus notices
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a NodeStatus.
                 * @memberof weft.management.v1
                 * @interface INodeStatus
                 * @augments weft.management.v1.NodeStatus.$Properties
                 * @deprecated Use weft.management.v1.NodeStatus.$Properties instead.
                 */

                /**
                 * Shape of a NodeStatus.
                 * @typedef {weft.management.v1.NodeStatus.$Properties} weft.management.v1.NodeStatus.$Shape
                 */

                /**
                 * Constructs a new NodeStatus.
                 * @memberof weft.management.v1
                 * @classdesc Represents a NodeStatus.
                 * @constructor
                 * @param {weft.management.v1.NodeStatus.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const NodeStatus = function (properties) {
                    this.notices = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * NodeStatus name.
                 * @member {string} name
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.name = "";

                /**
                 * NodeStatus address.
                 * @member {string} address
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.address = "";

                /**
                 * NodeStatus connected.
                 * @member {boolean} connected
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.connected = false;

                /**
                 * NodeStatus revision.
                 * @member {number} revision
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * NodeStatus policyRevision.
                 * @member {number} policyRevision
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.policyRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * NodeStatus error.
                 * @member {string} error
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.error = "";

                /**
                 * NodeStatus version.
                 * @member {string} version
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.version = "";

                /**
                 * NodeStatus notices.
                 * @member {Array.<weft.discovery.v1.NodeNotice.$Properties>} notices
                 * @memberof weft.management.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.notices = $util.emptyArray;

                /**
                 * Creates a new NodeStatus instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.NodeStatus
                 * @static
                 * @param {weft.management.v1.NodeStatus.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.NodeStatus} NodeStatus instance
                 * @type {{
                 *   (properties: weft.management.v1.NodeStatus.$Shape): weft.management.v1.NodeStatus & weft.management.v1.NodeStatus.$Shape;
                 *   (properties?: weft.management.v1.NodeStatus.$Properties): weft.management.v1.NodeStatus;
                 * }}
                 */
                NodeStatus.create = function(properties) {
                    return new NodeStatus(properties);
                };

                /**
                 * Encodes the specified NodeStatus message. Does not implicitly {@link weft.management.v1.NodeStatus.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.NodeStatus
                 * @static
                 * @param {weft.management.v1.NodeStatus.$Properties} message NodeStatus message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                NodeStatus.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.address);
                    if (message.connected != null && $Object.hasOwnProperty.call(message, "connected") && message.connected !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.connected);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.revision);
                    if (message.policyRevision != null && $Object.hasOwnProperty.call(message, "policyRevision") && (typeof message.policyRevision === "object" ? message.policyRevision.low || message.policyRevision.high : message.policyRevision !== 0))
                        writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.policyRevision);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.error);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.version);
                    if (message.notices != null && message.notices.length)
                        for (let i = 0; i < message.notices.length; ++i)
                            $root.weft.discovery.v1.NodeNotice.encode(message.notices[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a NodeStatus message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.NodeStatus
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.NodeStatus & weft.management.v1.NodeStatus.$Shape} NodeStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                NodeStatus.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.NodeStatus();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.connected = value;
                                else
                                    delete message.connected;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.policyRevision = value;
                                else
                                    delete message.policyRevision;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.error = value;
                                else
                                    delete message.error;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.notices && message.notices.length))
                                    message.notices = [];
                                message.notices.push($root.weft.discovery.v1.NodeNotice.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return NodeStatus;
            })();

            v1.WorkloadState = (function() {

                /**
                 * Properties of a WorkloadState.
                 * @typedef {Object} weft.management.v1.WorkloadState.$Properties
                 * @property {weft.discovery.v1.Workload.$Properties|null} [workload] WorkloadState workload
                 * @property {string|null} [identity] WorkloadState identity
                 * @property {Array.<string>|null} [services] WorkloadState services
                 * @property {boolean|null} [enrolled] WorkloadState enrolled
                 * @property {string|null} [reason] WorkloadState reason
                 * @property {boolean|null} [lost] WorkloadState lost
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WorkloadState.
                 * @memberof weft.management.v1
                 * @interface IWorkloadState
                 * @augments weft.management.v1.WorkloadState.$Properties
                 * @deprecated Use weft.management.v1.WorkloadState.$Properties instead.
                 */

                /**
                 * Shape of a WorkloadState.
                 * @typedef {weft.management.v1.WorkloadState.$Properties} weft.management.v1.WorkloadState.$Shape
                 */

                /**
                 * Constructs a new WorkloadState.
                 * @memberof weft.management.v1
                 * @classdesc Represents a WorkloadState.
                 * @constructor
                 * @param {weft.management.v1.WorkloadState.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WorkloadState = function (properties) {
                    this.services = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WorkloadState workload.
                 * @member {weft.discovery.v1.Workload.$Properties|null|undefined} workload
                 * @memberof weft.management.v1.WorkloadState
                 * @instance
                 */
                WorkloadState.prototype.workload = null;

                /**
                 * WorkloadState identity.
                 * @member {string} identity
                 * @memberof weft.management.v1.WorkloadState
                 * @instance
                 */
                WorkloadState.prototype.identity = "";

                /**
                 * WorkloadState services.
                 * @member {Array.<string>} services
                 * @memberof weft.management.v1.WorkloadState
                 * @instance
                 */
                WorkloadState.prototype.services = $util.emptyArray;

                /**
                 * WorkloadState enrolled.
                 * @member {boolean} enrolled
                 * @memberof weft.management.v1.WorkloadState
                 * @instance
                 */
                WorkloadState.prototype.enrolled = false;

                /**
                 * WorkloadState reason.
                 * @member {string} reason
                 * @memberof weft.management.v1.WorkloadState
                 * @instance
                 */
                WorkloadState.prototype.reason = "";

                /**
                 * WorkloadState lost.
                 * @member {boolean} lost
                 * @memberof weft.management.v1.WorkloadState
                 * @instance
                 */
                WorkloadState.prototype.lost = false;

                /**
                 * Creates a new WorkloadState instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.WorkloadState
                 * @static
                 * @param {weft.management.v1.WorkloadState.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.WorkloadState} WorkloadState instance
                 * @type {{
                 *   (properties: weft.management.v1.WorkloadState.$Shape): weft.management.v1.WorkloadState & weft.management.v1.WorkloadState.$Shape;
                 *   (properties?: weft.management.v1.WorkloadState.$Properties): weft.management.v1.WorkloadState;
                 * }}
                 */
                WorkloadState.create = function(properties) {
                    return new WorkloadState(properties);
                };

                /**
                 * Encodes the specified WorkloadState message. Does not implicitly {@link weft.management.v1.WorkloadState.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.WorkloadState
                 * @static
                 * @param {weft.management.v1.WorkloadState.$Properties} message WorkloadState message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WorkloadState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.workload != null && $Object.hasOwnProperty.call(message, "workload"))
                        $root.weft.discovery.v1.Workload.encode(message.workload, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.identity);
                    if (message.services != null && message.services.length)
                        for (let i = 0; i < message.services.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.services[i]);
                    if (message.enrolled != null && $Object.hasOwnProperty.call(message, "enrolled") && message.enrolled !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.enrolled);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.reason);
                    if (message.lost != null && $Object.hasOwnProperty.call(message, "lost") && message.lost !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.lost);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WorkloadState message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.WorkloadState
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.WorkloadState & weft.management.v1.WorkloadState.$Shape} WorkloadState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WorkloadState.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.WorkloadState();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.workload = $root.weft.discovery.v1.Workload.decode(reader, reader.size(), $undefined, _depth + 1, message.workload);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.services && message.services.length))
                                    message.services = [];
                                message.services.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.enrolled = value;
                                else
                                    delete message.enrolled;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.lost = value;
                                else
                                    delete message.lost;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return WorkloadState;
            })();

            v1.StatRequest = (function() {

                /**
                 * Properties of a StatRequest.
                 * @typedef {Object} weft.management.v1.StatRequest.$Properties
                 * @property {number|null} [windowMs] StatRequest windowMs
                 * @property {string|null} [by] StatRequest by
                 * @property {string|null} [namespace] StatRequest namespace
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatRequest.
                 * @memberof weft.management.v1
                 * @interface IStatRequest
                 * @augments weft.management.v1.StatRequest.$Properties
                 * @deprecated Use weft.management.v1.StatRequest.$Properties instead.
                 */

                /**
                 * Shape of a StatRequest.
                 * @typedef {weft.management.v1.StatRequest.$Properties} weft.management.v1.StatRequest.$Shape
                 */

                /**
                 * Constructs a new StatRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents a StatRequest.
                 * @constructor
                 * @param {weft.management.v1.StatRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatRequest windowMs.
                 * @member {number} windowMs
                 * @memberof weft.management.v1.StatRequest
                 * @instance
                 */
                StatRequest.prototype.windowMs = 0;

                /**
                 * StatRequest by.
                 * @member {string} by
                 * @memberof weft.management.v1.StatRequest
                 * @instance
                 */
                StatRequest.prototype.by = "";

                /**
                 * StatRequest namespace.
                 * @member {string} namespace
                 * @memberof weft.management.v1.StatRequest
                 * @instance
                 */
                StatRequest.prototype.namespace = "";

                /**
                 * Creates a new StatRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.StatRequest
                 * @static
                 * @param {weft.management.v1.StatRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.StatRequest} StatRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.StatRequest.$Shape): weft.management.v1.StatRequest & weft.management.v1.StatRequest.$Shape;
                 *   (properties?: weft.management.v1.StatRequest.$Properties): weft.management.v1.StatRequest;
                 * }}
                 */
                StatRequest.create = function(properties) {
                    return new StatRequest(properties);
                };

                /**
                 * Encodes the specified StatRequest message. Does not implicitly {@link weft.management.v1.StatRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.StatRequest
                 * @static
                 * @param {weft.management.v1.StatRequest.$Properties} message StatRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.windowMs != null && $Object.hasOwnProperty.call(message, "windowMs") && message.windowMs !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.windowMs);
                    if (message.by != null && $Object.hasOwnProperty.call(message, "by") && message.by !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.by);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.StatRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatRequest & weft.management.v1.StatRequest.$Shape} StatRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.StatRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.windowMs = value;
                                else
                                    delete message.windowMs;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.by = value;
                                else
                                    delete message.by;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StatRequest;
            })();

            v1.StatResponse = (function() {

                /**
                 * Properties of a StatResponse.
                 * @typedef {Object} weft.management.v1.StatResponse.$Properties
                 * @property {Array.<weft.management.v1.StatRow.$Properties>|null} [rows] StatResponse rows
                 * @property {number|null} [windowMs] StatResponse windowMs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatResponse.
                 * @memberof weft.management.v1
                 * @interface IStatResponse
                 * @augments weft.management.v1.StatResponse.$Properties
                 * @deprecated Use weft.management.v1.StatResponse.$Properties instead.
                 */

                /**
                 * Shape of a StatResponse.
                 * @typedef {weft.management.v1.StatResponse.$Properties} weft.management.v1.StatResponse.$Shape
                 */

                /**
                 * Constructs a new StatResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents a StatResponse.
                 * @constructor
                 * @param {weft.management.v1.StatResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatResponse = function (properties) {
                    this.rows = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatResponse rows.
                 * @member {Array.<weft.management.v1.StatRow.$Properties>} rows
                 * @memberof weft.management.v1.StatResponse
                 * @instance
                 */
                StatResponse.prototype.rows = $util.emptyArray;

                /**
                 * StatResponse windowMs.
                 * @member {number} windowMs
                 * @memberof weft.management.v1.StatResponse
                 * @instance
                 */
                StatResponse.prototype.windowMs = 0;

                /**
                 * Creates a new StatResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.StatResponse
                 * @static
                 * @param {weft.management.v1.StatResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.StatResponse} StatResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.StatResponse.$Shape): weft.management.v1.StatResponse & weft.management.v1.StatResponse.$Shape;
                 *   (properties?: weft.management.v1.StatResponse.$Properties): weft.management.v1.StatResponse;
                 * }}
                 */
                StatResponse.create = function(properties) {
                    return new StatResponse(properties);
                };

                /**
                 * Encodes the specified StatResponse message. Does not implicitly {@link weft.management.v1.StatResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.StatResponse
                 * @static
                 * @param {weft.management.v1.StatResponse.$Properties} message StatResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.rows != null && message.rows.length)
                        for (let i = 0; i < message.rows.length; ++i)
                            $root.weft.management.v1.StatRow.encode(message.rows[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.windowMs != null && $Object.hasOwnProperty.call(message, "windowMs") && message.windowMs !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.windowMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.StatResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatResponse & weft.management.v1.StatResponse.$Shape} StatResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.StatResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.rows && message.rows.length))
                                    message.rows = [];
                                message.rows.push($root.weft.management.v1.StatRow.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.windowMs = value;
                                else
                                    delete message.windowMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StatResponse;
            })();

            v1.StatRow = (function() {

                /**
                 * Properties of a StatRow.
                 * @typedef {Object} weft.management.v1.StatRow.$Properties
                 * @property {string|null} [service] StatRow service
                 * @property {string|null} [workload] StatRow workload
                 * @property {string|null} [source] StatRow source
                 * @property {string|null} [destination] StatRow destination
                 * @property {string|null} [protocol] StatRow protocol
                 * @property {string|null} [security] StatRow security
                 * @property {number|null} [successes] StatRow successes
                 * @property {number|null} [failures] StatRow failures
                 * @property {number|null} [requestsPerSecond] StatRow requestsPerSecond
                 * @property {number|null} [p50Ms] StatRow p50Ms
                 * @property {number|null} [p95Ms] StatRow p95Ms
                 * @property {number|null} [p99Ms] StatRow p99Ms
                 * @property {number|null} [addedP99Ms] StatRow addedP99Ms
                 * @property {number|null} [retries] StatRow retries
                 * @property {Object.<string,number>|null} [faults] StatRow faults
                 * @property {number|null} [instancesReady] StatRow instancesReady
                 * @property {number|null} [instances] StatRow instances
                 * @property {number|null} [connectionsOpen] StatRow connectionsOpen
                 * @property {number|null} [bytesSent] StatRow bytesSent
                 * @property {number|null} [bytesReceived] StatRow bytesReceived
                 * @property {number|null} [routedOn] StatRow routedOn
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatRow.
                 * @memberof weft.management.v1
                 * @interface IStatRow
                 * @augments weft.management.v1.StatRow.$Properties
                 * @deprecated Use weft.management.v1.StatRow.$Properties instead.
                 */

                /**
                 * Shape of a StatRow.
                 * @typedef {weft.management.v1.StatRow.$Properties} weft.management.v1.StatRow.$Shape
                 */

                /**
                 * Constructs a new StatRow.
                 * @memberof weft.management.v1
                 * @classdesc Represents a StatRow.
                 * @constructor
                 * @param {weft.management.v1.StatRow.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatRow = function (properties) {
                    this.faults = {};
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatRow service.
                 * @member {string} service
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.service = "";

                /**
                 * StatRow workload.
                 * @member {string} workload
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.workload = "";

                /**
                 * StatRow source.
                 * @member {string} source
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.source = "";

                /**
                 * StatRow destination.
                 * @member {string} destination
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.destination = "";

                /**
                 * StatRow protocol.
                 * @member {string} protocol
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.protocol = "";

                /**
                 * StatRow security.
                 * @member {string} security
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.security = "";

                /**
                 * StatRow successes.
                 * @member {number} successes
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.successes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatRow failures.
                 * @member {number} failures
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.failures = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatRow requestsPerSecond.
                 * @member {number} requestsPerSecond
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.requestsPerSecond = 0;

                /**
                 * StatRow p50Ms.
                 * @member {number} p50Ms
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.p50Ms = 0;

                /**
                 * StatRow p95Ms.
                 * @member {number} p95Ms
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.p95Ms = 0;

                /**
                 * StatRow p99Ms.
                 * @member {number} p99Ms
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.p99Ms = 0;

                /**
                 * StatRow addedP99Ms.
                 * @member {number} addedP99Ms
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.addedP99Ms = 0;

                /**
                 * StatRow retries.
                 * @member {number} retries
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.retries = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatRow faults.
                 * @member {Object.<string,number>} faults
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.faults = $util.emptyObject;

                /**
                 * StatRow instancesReady.
                 * @member {number} instancesReady
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.instancesReady = 0;

                /**
                 * StatRow instances.
                 * @member {number} instances
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.instances = 0;

                /**
                 * StatRow connectionsOpen.
                 * @member {number} connectionsOpen
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.connectionsOpen = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatRow bytesSent.
                 * @member {number} bytesSent
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.bytesSent = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatRow bytesReceived.
                 * @member {number} bytesReceived
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.bytesReceived = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatRow routedOn.
                 * @member {number} routedOn
                 * @memberof weft.management.v1.StatRow
                 * @instance
                 */
                StatRow.prototype.routedOn = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new StatRow instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.StatRow
                 * @static
                 * @param {weft.management.v1.StatRow.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.StatRow} StatRow instance
                 * @type {{
                 *   (properties: weft.management.v1.StatRow.$Shape): weft.management.v1.StatRow & weft.management.v1.StatRow.$Shape;
                 *   (properties?: weft.management.v1.StatRow.$Properties): weft.management.v1.StatRow;
                 * }}
                 */
                StatRow.create = function(properties) {
                    return new StatRow(properties);
                };

                /**
                 * Encodes the specified StatRow message. Does not implicitly {@link weft.management.v1.StatRow.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.StatRow
                 * @static
                 * @param {weft.management.v1.StatRow.$Properties} message StatRow message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatRow.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.service);
                    if (message.workload != null && $Object.hasOwnProperty.call(message, "workload") && message.workload !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.workload);
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.source);
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.destination);
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.protocol);
                    if (message.security != null && $Object.hasOwnProperty.call(message, "security") && message.security !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.security);
                    if (message.successes != null && $Object.hasOwnProperty.call(message, "successes") && (typeof message.successes === "object" ? message.successes.low || message.successes.high : message.successes !== 0))
                        writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.successes);
                    if (message.failures != null && $Object.hasOwnProperty.call(message, "failures") && (typeof message.failures === "object" ? message.failures.low || message.failures.high : message.failures !== 0))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.failures);
                    if (message.requestsPerSecond != null && $Object.hasOwnProperty.call(message, "requestsPerSecond") && !$Object.is(message.requestsPerSecond, 0))
                        writer.uint32(/* id 9, wireType 1 =*/73).double(message.requestsPerSecond);
                    if (message.p50Ms != null && $Object.hasOwnProperty.call(message, "p50Ms") && !$Object.is(message.p50Ms, 0))
                        writer.uint32(/* id 10, wireType 1 =*/81).double(message.p50Ms);
                    if (message.p95Ms != null && $Object.hasOwnProperty.call(message, "p95Ms") && !$Object.is(message.p95Ms, 0))
                        writer.uint32(/* id 11, wireType 1 =*/89).double(message.p95Ms);
                    if (message.p99Ms != null && $Object.hasOwnProperty.call(message, "p99Ms") && !$Object.is(message.p99Ms, 0))
                        writer.uint32(/* id 12, wireType 1 =*/97).double(message.p99Ms);
                    if (message.addedP99Ms != null && $Object.hasOwnProperty.call(message, "addedP99Ms") && !$Object.is(message.addedP99Ms, 0))
                        writer.uint32(/* id 13, wireType 1 =*/105).double(message.addedP99Ms);
                    if (message.retries != null && $Object.hasOwnProperty.call(message, "retries") && (typeof message.retries === "object" ? message.retries.low || message.retries.high : message.retries !== 0))
                        writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.retries);
                    if (message.faults != null && $Object.hasOwnProperty.call(message, "faults"))
                        for (let keys = $Object.keys(message.faults), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 15, wireType 2 =*/122).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 0 =*/16).uint64(message.faults[keys[i]]).ldelim();
                    if (message.instancesReady != null && $Object.hasOwnProperty.call(message, "instancesReady") && message.instancesReady !== 0)
                        writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.instancesReady);
                    if (message.instances != null && $Object.hasOwnProperty.call(message, "instances") && message.instances !== 0)
                        writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.instances);
                    if (message.connectionsOpen != null && $Object.hasOwnProperty.call(message, "connectionsOpen") && (typeof message.connectionsOpen === "object" ? message.connectionsOpen.low || message.connectionsOpen.high : message.connectionsOpen !== 0))
                        writer.uint32(/* id 18, wireType 0 =*/144).uint64(message.connectionsOpen);
                    if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && (typeof message.bytesSent === "object" ? message.bytesSent.low || message.bytesSent.high : message.bytesSent !== 0))
                        writer.uint32(/* id 19, wireType 0 =*/152).uint64(message.bytesSent);
                    if (message.bytesReceived != null && $Object.hasOwnProperty.call(message, "bytesReceived") && (typeof message.bytesReceived === "object" ? message.bytesReceived.low || message.bytesReceived.high : message.bytesReceived !== 0))
                        writer.uint32(/* id 20, wireType 0 =*/160).uint64(message.bytesReceived);
                    if (message.routedOn != null && $Object.hasOwnProperty.call(message, "routedOn") && (typeof message.routedOn === "object" ? message.routedOn.low || message.routedOn.high : message.routedOn !== 0))
                        writer.uint32(/* id 21, wireType 0 =*/168).uint64(message.routedOn);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatRow message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.StatRow
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatRow & weft.management.v1.StatRow.$Shape} StatRow
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatRow.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.StatRow();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.workload = value;
                                else
                                    delete message.workload;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.source = value;
                                else
                                    delete message.source;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.destination = value;
                                else
                                    delete message.destination;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.security = value;
                                else
                                    delete message.security;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.successes = value;
                                else
                                    delete message.successes;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.failures = value;
                                else
                                    delete message.failures;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.requestsPerSecond = value;
                                else
                                    delete message.requestsPerSecond;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.p50Ms = value;
                                else
                                    delete message.p50Ms;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.p95Ms = value;
                                else
                                    delete message.p95Ms;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.p99Ms = value;
                                else
                                    delete message.p99Ms;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.addedP99Ms = value;
                                else
                                    delete message.addedP99Ms;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.retries = value;
                                else
                                    delete message.retries;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if (message.faults === $util.emptyObject)
                                    message.faults = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = $util.Long ? $util.Long.fromNumber(0, true) : 0;
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 0)
                                            break;
                                        value = reader.uint64();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.faults, key);
                                message.faults[key] = value;
                                continue;
                            }
                        case 16: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.instancesReady = value;
                                else
                                    delete message.instancesReady;
                                continue;
                            }
                        case 17: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.instances = value;
                                else
                                    delete message.instances;
                                continue;
                            }
                        case 18: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.connectionsOpen = value;
                                else
                                    delete message.connectionsOpen;
                                continue;
                            }
                        case 19: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytesSent = value;
                                else
                                    delete message.bytesSent;
                                continue;
                            }
                        case 20: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytesReceived = value;
                                else
                                    delete message.bytesReceived;
                                continue;
                            }
                        case 21: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.routedOn = value;
                                else
                                    delete message.routedOn;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return StatRow;
            })();

            v1.ExplainRequest = (function() {

                /**
                 * Properties of an ExplainRequest.
                 * @typedef {Object} weft.management.v1.ExplainRequest.$Properties
                 * @property {string|null} [source] ExplainRequest source
                 * @property {string|null} [destination] ExplainRequest destination
                 * @property {string|null} [method] ExplainRequest method
                 * @property {string|null} [path] ExplainRequest path
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ExplainRequest.
                 * @memberof weft.management.v1
                 * @interface IExplainRequest
                 * @augments weft.management.v1.ExplainRequest.$Properties
                 * @deprecated Use weft.management.v1.ExplainRequest.$Properties instead.
                 */

                /**
                 * Shape of an ExplainRequest.
                 * @typedef {weft.management.v1.ExplainRequest.$Properties} weft.management.v1.ExplainRequest.$Shape
                 */

                /**
                 * Constructs a new ExplainRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents an ExplainRequest.
                 * @constructor
                 * @param {weft.management.v1.ExplainRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ExplainRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ExplainRequest source.
                 * @member {string} source
                 * @memberof weft.management.v1.ExplainRequest
                 * @instance
                 */
                ExplainRequest.prototype.source = "";

                /**
                 * ExplainRequest destination.
                 * @member {string} destination
                 * @memberof weft.management.v1.ExplainRequest
                 * @instance
                 */
                ExplainRequest.prototype.destination = "";

                /**
                 * ExplainRequest method.
                 * @member {string} method
                 * @memberof weft.management.v1.ExplainRequest
                 * @instance
                 */
                ExplainRequest.prototype.method = "";

                /**
                 * ExplainRequest path.
                 * @member {string} path
                 * @memberof weft.management.v1.ExplainRequest
                 * @instance
                 */
                ExplainRequest.prototype.path = "";

                /**
                 * Creates a new ExplainRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.ExplainRequest
                 * @static
                 * @param {weft.management.v1.ExplainRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.ExplainRequest} ExplainRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.ExplainRequest.$Shape): weft.management.v1.ExplainRequest & weft.management.v1.ExplainRequest.$Shape;
                 *   (properties?: weft.management.v1.ExplainRequest.$Properties): weft.management.v1.ExplainRequest;
                 * }}
                 */
                ExplainRequest.create = function(properties) {
                    return new ExplainRequest(properties);
                };

                /**
                 * Encodes the specified ExplainRequest message. Does not implicitly {@link weft.management.v1.ExplainRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.ExplainRequest
                 * @static
                 * @param {weft.management.v1.ExplainRequest.$Properties} message ExplainRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ExplainRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                    if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.destination);
                    if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.method);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.path);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ExplainRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.ExplainRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.ExplainRequest & weft.management.v1.ExplainRequest.$Shape} ExplainRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ExplainRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.ExplainRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.source = value;
                                else
                                    delete message.source;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.destination = value;
                                else
                                    delete message.destination;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.method = value;
                                else
                                    delete message.method;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ExplainRequest;
            })();

            v1.ExplainResponse = (function() {

                /**
                 * Properties of an ExplainResponse.
                 * @typedef {Object} weft.management.v1.ExplainResponse.$Properties
                 * @property {boolean|null} [allowed] ExplainResponse allowed
                 * @property {Array.<weft.management.v1.ExplainStep.$Properties>|null} [steps] ExplainResponse steps
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ExplainResponse.
                 * @memberof weft.management.v1
                 * @interface IExplainResponse
                 * @augments weft.management.v1.ExplainResponse.$Properties
                 * @deprecated Use weft.management.v1.ExplainResponse.$Properties instead.
                 */

                /**
                 * Shape of an ExplainResponse.
                 * @typedef {weft.management.v1.ExplainResponse.$Properties} weft.management.v1.ExplainResponse.$Shape
                 */

                /**
                 * Constructs a new ExplainResponse.
                 * @memberof weft.management.v1
                 * @classdesc Represents an ExplainResponse.
                 * @constructor
                 * @param {weft.management.v1.ExplainResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ExplainResponse = function (properties) {
                    this.steps = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ExplainResponse allowed.
                 * @member {boolean} allowed
                 * @memberof weft.management.v1.ExplainResponse
                 * @instance
                 */
                ExplainResponse.prototype.allowed = false;

                /**
                 * ExplainResponse steps.
                 * @member {Array.<weft.management.v1.ExplainStep.$Properties>} steps
                 * @memberof weft.management.v1.ExplainResponse
                 * @instance
                 */
                ExplainResponse.prototype.steps = $util.emptyArray;

                /**
                 * Creates a new ExplainResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.ExplainResponse
                 * @static
                 * @param {weft.management.v1.ExplainResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.ExplainResponse} ExplainResponse instance
                 * @type {{
                 *   (properties: weft.management.v1.ExplainResponse.$Shape): weft.management.v1.ExplainResponse & weft.management.v1.ExplainResponse.$Shape;
                 *   (properties?: weft.management.v1.ExplainResponse.$Properties): weft.management.v1.ExplainResponse;
                 * }}
                 */
                ExplainResponse.create = function(properties) {
                    return new ExplainResponse(properties);
                };

                /**
                 * Encodes the specified ExplainResponse message. Does not implicitly {@link weft.management.v1.ExplainResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.ExplainResponse
                 * @static
                 * @param {weft.management.v1.ExplainResponse.$Properties} message ExplainResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ExplainResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.allowed != null && $Object.hasOwnProperty.call(message, "allowed") && message.allowed !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.allowed);
                    if (message.steps != null && message.steps.length)
                        for (let i = 0; i < message.steps.length; ++i)
                            $root.weft.management.v1.ExplainStep.encode(message.steps[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ExplainResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.ExplainResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.ExplainResponse & weft.management.v1.ExplainResponse.$Shape} ExplainResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ExplainResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.ExplainResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.allowed = value;
                                else
                                    delete message.allowed;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.steps && message.steps.length))
                                    message.steps = [];
                                message.steps.push($root.weft.management.v1.ExplainStep.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ExplainResponse;
            })();

            v1.ExplainStep = (function() {

                /**
                 * Properties of an ExplainStep.
                 * @typedef {Object} weft.management.v1.ExplainStep.$Properties
                 * @property {string|null} [layer] ExplainStep layer
                 * @property {boolean|null} [ok] ExplainStep ok
                 * @property {string|null} [message] ExplainStep message
                 * @property {string|null} [rule] ExplainStep rule
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ExplainStep.
                 * @memberof weft.management.v1
                 * @interface IExplainStep
                 * @augments weft.management.v1.ExplainStep.$Properties
                 * @deprecated Use weft.management.v1.ExplainStep.$Properties instead.
                 */

                /**
                 * Shape of an ExplainStep.
                 * @typedef {weft.management.v1.ExplainStep.$Properties} weft.management.v1.ExplainStep.$Shape
                 */

                /**
                 * Constructs a new ExplainStep.
                 * @memberof weft.management.v1
                 * @classdesc Represents an ExplainStep.
                 * @constructor
                 * @param {weft.management.v1.ExplainStep.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ExplainStep = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ExplainStep layer.
                 * @member {string} layer
                 * @memberof weft.management.v1.ExplainStep
                 * @instance
                 */
                ExplainStep.prototype.layer = "";

                /**
                 * ExplainStep ok.
                 * @member {boolean} ok
                 * @memberof weft.management.v1.ExplainStep
                 * @instance
                 */
                ExplainStep.prototype.ok = false;

                /**
                 * ExplainStep message.
                 * @member {string} message
                 * @memberof weft.management.v1.ExplainStep
                 * @instance
                 */
                ExplainStep.prototype.message = "";

                /**
                 * ExplainStep rule.
                 * @member {string} rule
                 * @memberof weft.management.v1.ExplainStep
                 * @instance
                 */
                ExplainStep.prototype.rule = "";

                /**
                 * Creates a new ExplainStep instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.ExplainStep
                 * @static
                 * @param {weft.management.v1.ExplainStep.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.ExplainStep} ExplainStep instance
                 * @type {{
                 *   (properties: weft.management.v1.ExplainStep.$Shape): weft.management.v1.ExplainStep & weft.management.v1.ExplainStep.$Shape;
                 *   (properties?: weft.management.v1.ExplainStep.$Properties): weft.management.v1.ExplainStep;
                 * }}
                 */
                ExplainStep.create = function(properties) {
                    return new ExplainStep(properties);
                };

                /**
                 * Encodes the specified ExplainStep message. Does not implicitly {@link weft.management.v1.ExplainStep.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.ExplainStep
                 * @static
                 * @param {weft.management.v1.ExplainStep.$Properties} message ExplainStep message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ExplainStep.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                    if (message.ok != null && $Object.hasOwnProperty.call(message, "ok") && message.ok !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.ok);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                    if (message.rule != null && $Object.hasOwnProperty.call(message, "rule") && message.rule !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.rule);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ExplainStep message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.ExplainStep
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.ExplainStep & weft.management.v1.ExplainStep.$Shape} ExplainStep
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ExplainStep.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.ExplainStep();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.layer = value;
                                else
                                    delete message.layer;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.ok = value;
                                else
                                    delete message.ok;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.rule = value;
                                else
                                    delete message.rule;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ExplainStep;
            })();

            v1.RunRequest = (function() {

                /**
                 * Properties of a RunRequest.
                 * @typedef {Object} weft.management.v1.RunRequest.$Properties
                 * @property {weft.management.v1.Register.$Properties|null} [register] RunRequest register
                 * @property {weft.management.v1.Attach.$Properties|null} [attach] RunRequest attach
                 * @property {weft.management.v1.Leave.$Properties|null} [leave] RunRequest leave
                 * @property {"register"|"attach"|"leave"} [message] RunRequest message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RunRequest.
                 * @memberof weft.management.v1
                 * @interface IRunRequest
                 * @augments weft.management.v1.RunRequest.$Properties
                 * @deprecated Use weft.management.v1.RunRequest.$Properties instead.
                 */

                /**
                 * Narrowed shape of a RunRequest.
                 * @typedef {{
                 *   register?: weft.management.v1.Register.$Shape|null;
                 *   attach?: weft.management.v1.Attach.$Shape|null;
                 *   leave?: weft.management.v1.Leave.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; register?: null; attach?: null; leave?: null }|{ message?: "register"; register: weft.management.v1.Register.$Shape; attach?: null; leave?: null }|{ message?: "attach"; register?: null; attach: weft.management.v1.Attach.$Shape; leave?: null }|{ message?: "leave"; register?: null; attach?: null; leave: weft.management.v1.Leave.$Shape })
                 * )} weft.management.v1.RunRequest.$Shape
                 */

                /**
                 * Constructs a new RunRequest.
                 * @memberof weft.management.v1
                 * @classdesc Represents a RunRequest.
                 * @constructor
                 * @param {weft.management.v1.RunRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RunRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RunRequest register.
                 * @member {weft.management.v1.Register.$Properties|null|undefined} register
                 * @memberof weft.management.v1.RunRequest
                 * @instance
                 */
                RunRequest.prototype.register = null;

                /**
                 * RunRequest attach.
                 * @member {weft.management.v1.Attach.$Properties|null|undefined} attach
                 * @memberof weft.management.v1.RunRequest
                 * @instance
                 */
                RunRequest.prototype.attach = null;

                /**
                 * RunRequest leave.
                 * @member {weft.management.v1.Leave.$Properties|null|undefined} leave
                 * @memberof weft.management.v1.RunRequest
                 * @instance
                 */
                RunRequest.prototype.leave = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * RunRequest message.
                 * @member {"register"|"attach"|"leave"|undefined} message
                 * @memberof weft.management.v1.RunRequest
                 * @instance
                 */
                $Object.defineProperty(RunRequest.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["register", "attach", "leave"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new RunRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.RunRequest
                 * @static
                 * @param {weft.management.v1.RunRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.RunRequest} RunRequest instance
                 * @type {{
                 *   (properties: weft.management.v1.RunRequest.$Shape): weft.management.v1.RunRequest & weft.management.v1.RunRequest.$Shape;
                 *   (properties?: weft.management.v1.RunRequest.$Properties): weft.management.v1.RunRequest;
                 * }}
                 */
                RunRequest.create = function(properties) {
                    return new RunRequest(properties);
                };

                /**
                 * Encodes the specified RunRequest message. Does not implicitly {@link weft.management.v1.RunRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.RunRequest
                 * @static
                 * @param {weft.management.v1.RunRequest.$Properties} message RunRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RunRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.register != null && $Object.hasOwnProperty.call(message, "register"))
                        $root.weft.management.v1.Register.encode(message.register, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.attach != null && $Object.hasOwnProperty.call(message, "attach"))
                        $root.weft.management.v1.Attach.encode(message.attach, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.leave != null && $Object.hasOwnProperty.call(message, "leave"))
                        $root.weft.management.v1.Leave.encode(message.leave, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RunRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.RunRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.RunRequest & weft.management.v1.RunRequest.$Shape} RunRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RunRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.RunRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.register = $root.weft.management.v1.Register.decode(reader, reader.size(), $undefined, _depth + 1, message.register);
                                message.message = "register";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.attach = $root.weft.management.v1.Attach.decode(reader, reader.size(), $undefined, _depth + 1, message.attach);
                                message.message = "attach";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.leave = $root.weft.management.v1.Leave.decode(reader, reader.size(), $undefined, _depth + 1, message.leave);
                                message.message = "leave";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RunRequest;
            })();

            v1.Register = (function() {

                /**
                 * Properties of a Register.
                 * @typedef {Object} weft.management.v1.Register.$Properties
                 * @property {string|null} [namespace] Register namespace
                 * @property {string|null} [service] Register service
                 * @property {string|null} [serviceAccount] Register serviceAccount
                 * @property {string|null} [node] Register node
                 * @property {Array.<number>|null} [ports] Register ports
                 * @property {string|null} [protocol] Register protocol
                 * @property {Object.<string,string>|null} [labels] Register labels
                 * @property {string|null} [networkMode] Register networkMode
                 * @property {boolean|null} [allowPlaintext] Register allowPlaintext
                 * @property {number|null} [publishPort] Register publishPort
                 * @property {string|null} [uid] Register uid
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Register.
                 * @memberof weft.management.v1
                 * @interface IRegister
                 * @augments weft.management.v1.Register.$Properties
                 * @deprecated Use weft.management.v1.Register.$Properties instead.
                 */

                /**
                 * Shape of a Register.
                 * @typedef {weft.management.v1.Register.$Properties} weft.management.v1.Register.$Shape
                 */

                /**
                 * Constructs a new Register.
                 * @memberof weft.management.v1
                 * @classdesc Represents a Register.
                 * @constructor
                 * @param {weft.management.v1.Register.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Register = function (properties) {
                    this.ports = [];
                    this.labels = {};
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Register namespace.
                 * @member {string} namespace
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.namespace = "";

                /**
                 * Register service.
                 * @member {string} service
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.service = "";

                /**
                 * Register serviceAccount.
                 * @member {string} serviceAccount
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.serviceAccount = "";

                /**
                 * Register node.
                 * @member {string} node
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.node = "";

                /**
                 * Register ports.
                 * @member {Array.<number>} ports
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.ports = $util.emptyArray;

                /**
                 * Register protocol.
                 * @member {string} protocol
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.protocol = "";

                /**
                 * Register labels.
                 * @member {Object.<string,string>} labels
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.labels = $util.emptyObject;

                /**
                 * Register networkMode.
                 * @member {string} networkMode
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.networkMode = "";

                /**
                 * Register allowPlaintext.
                 * @member {boolean} allowPlaintext
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.allowPlaintext = false;

                /**
                 * Register publishPort.
                 * @member {number} publishPort
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.publishPort = 0;

                /**
                 * Register uid.
                 * @member {string} uid
                 * @memberof weft.management.v1.Register
                 * @instance
                 */
                Register.prototype.uid = "";

                /**
                 * Creates a new Register instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.Register
                 * @static
                 * @param {weft.management.v1.Register.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.Register} Register instance
                 * @type {{
                 *   (properties: weft.management.v1.Register.$Shape): weft.management.v1.Register & weft.management.v1.Register.$Shape;
                 *   (properties?: weft.management.v1.Register.$Properties): weft.management.v1.Register;
                 * }}
                 */
                Register.create = function(properties) {
                    return new Register(properties);
                };

                /**
                 * Encodes the specified Register message. Does not implicitly {@link weft.management.v1.Register.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.Register
                 * @static
                 * @param {weft.management.v1.Register.$Properties} message Register message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Register.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                    if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.service);
                    if (message.serviceAccount != null && $Object.hasOwnProperty.call(message, "serviceAccount") && message.serviceAccount !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.serviceAccount);
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.node);
                    if (message.ports != null && message.ports.length)
                        writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.ports);
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.protocol);
                    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                        for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 7, wireType 2 =*/58).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                    if (message.networkMode != null && $Object.hasOwnProperty.call(message, "networkMode") && message.networkMode !== "")
                        writer.uint32(/* id 8, wireType 2 =*/66).string(message.networkMode);
                    if (message.allowPlaintext != null && $Object.hasOwnProperty.call(message, "allowPlaintext") && message.allowPlaintext !== false)
                        writer.uint32(/* id 9, wireType 0 =*/72).bool(message.allowPlaintext);
                    if (message.publishPort != null && $Object.hasOwnProperty.call(message, "publishPort") && message.publishPort !== 0)
                        writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.publishPort);
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.uid);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Register message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.Register
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.Register & weft.management.v1.Register.$Shape} Register
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Register.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.Register();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.service = value;
                                else
                                    delete message.service;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serviceAccount = value;
                                else
                                    delete message.serviceAccount;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 5: {
                                if (wireType === 2) {
                                    if (!(message.ports && message.ports.length))
                                        message.ports = [];
                                    reader.uint32s(message.ports);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.ports && message.ports.length))
                                    message.ports = [];
                                message.ports.push(reader.uint32());
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (message.labels === $util.emptyObject)
                                    message.labels = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.labels, key);
                                message.labels[key] = value;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.networkMode = value;
                                else
                                    delete message.networkMode;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.allowPlaintext = value;
                                else
                                    delete message.allowPlaintext;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.publishPort = value;
                                else
                                    delete message.publishPort;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Register;
            })();

            v1.Attach = (function() {

                /**
                 * Properties of an Attach.
                 * @typedef {Object} weft.management.v1.Attach.$Properties
                 * @property {string|null} [cgroupPath] Attach cgroupPath
                 * @property {string|null} [netnsPath] Attach netnsPath
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Attach.
                 * @memberof weft.management.v1
                 * @interface IAttach
                 * @augments weft.management.v1.Attach.$Properties
                 * @deprecated Use weft.management.v1.Attach.$Properties instead.
                 */

                /**
                 * Shape of an Attach.
                 * @typedef {weft.management.v1.Attach.$Properties} weft.management.v1.Attach.$Shape
                 */

                /**
                 * Constructs a new Attach.
                 * @memberof weft.management.v1
                 * @classdesc Represents an Attach.
                 * @constructor
                 * @param {weft.management.v1.Attach.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Attach = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Attach cgroupPath.
                 * @member {string} cgroupPath
                 * @memberof weft.management.v1.Attach
                 * @instance
                 */
                Attach.prototype.cgroupPath = "";

                /**
                 * Attach netnsPath.
                 * @member {string} netnsPath
                 * @memberof weft.management.v1.Attach
                 * @instance
                 */
                Attach.prototype.netnsPath = "";

                /**
                 * Creates a new Attach instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.Attach
                 * @static
                 * @param {weft.management.v1.Attach.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.Attach} Attach instance
                 * @type {{
                 *   (properties: weft.management.v1.Attach.$Shape): weft.management.v1.Attach & weft.management.v1.Attach.$Shape;
                 *   (properties?: weft.management.v1.Attach.$Properties): weft.management.v1.Attach;
                 * }}
                 */
                Attach.create = function(properties) {
                    return new Attach(properties);
                };

                /**
                 * Encodes the specified Attach message. Does not implicitly {@link weft.management.v1.Attach.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.Attach
                 * @static
                 * @param {weft.management.v1.Attach.$Properties} message Attach message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Attach.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.cgroupPath != null && $Object.hasOwnProperty.call(message, "cgroupPath") && message.cgroupPath !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.cgroupPath);
                    if (message.netnsPath != null && $Object.hasOwnProperty.call(message, "netnsPath") && message.netnsPath !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.netnsPath);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Attach message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.Attach
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.Attach & weft.management.v1.Attach.$Shape} Attach
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Attach.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.Attach();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.cgroupPath = value;
                                else
                                    delete message.cgroupPath;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.netnsPath = value;
                                else
                                    delete message.netnsPath;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Attach;
            })();

            v1.Leave = (function() {

                /**
                 * Properties of a Leave.
                 * @typedef {Object} weft.management.v1.Leave.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Leave.
                 * @memberof weft.management.v1
                 * @interface ILeave
                 * @augments weft.management.v1.Leave.$Properties
                 * @deprecated Use weft.management.v1.Leave.$Properties instead.
                 */

                /**
                 * Shape of a Leave.
                 * @typedef {weft.management.v1.Leave.$Properties} weft.management.v1.Leave.$Shape
                 */

                /**
                 * Constructs a new Leave.
                 * @memberof weft.management.v1
                 * @classdesc Represents a Leave.
                 * @constructor
                 * @param {weft.management.v1.Leave.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Leave = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Creates a new Leave instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.Leave
                 * @static
                 * @param {weft.management.v1.Leave.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.Leave} Leave instance
                 * @type {{
                 *   (properties: weft.management.v1.Leave.$Shape): weft.management.v1.Leave & weft.management.v1.Leave.$Shape;
                 *   (properties?: weft.management.v1.Leave.$Properties): weft.management.v1.Leave;
                 * }}
                 */
                Leave.create = function(properties) {
                    return new Leave(properties);
                };

                /**
                 * Encodes the specified Leave message. Does not implicitly {@link weft.management.v1.Leave.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.Leave
                 * @static
                 * @param {weft.management.v1.Leave.$Properties} message Leave message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Leave.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Leave message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.Leave
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.Leave & weft.management.v1.Leave.$Shape} Leave
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Leave.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.Leave();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Leave;
            })();

            v1.RunUpdate = (function() {

                /**
                 * Properties of a RunUpdate.
                 * @typedef {Object} weft.management.v1.RunUpdate.$Properties
                 * @property {weft.discovery.v1.Workload.$Properties|null} [registered] RunUpdate registered
                 * @property {weft.management.v1.Enrolled.$Properties|null} [enrolled] RunUpdate enrolled
                 * @property {weft.management.v1.Refused.$Properties|null} [refused] RunUpdate refused
                 * @property {"registered"|"enrolled"|"refused"} [message] RunUpdate message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RunUpdate.
                 * @memberof weft.management.v1
                 * @interface IRunUpdate
                 * @augments weft.management.v1.RunUpdate.$Properties
                 * @deprecated Use weft.management.v1.RunUpdate.$Properties instead.
                 */

                /**
                 * Narrowed shape of a RunUpdate.
                 * @typedef {{
                 *   registered?: weft.discovery.v1.Workload.$Shape|null;
                 *   enrolled?: weft.management.v1.Enrolled.$Shape|null;
                 *   refused?: weft.management.v1.Refused.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; registered?: null; enrolled?: null; refused?: null }|{ message?: "registered"; registered: weft.discovery.v1.Workload.$Shape; enrolled?: null; refused?: null }|{ message?: "enrolled"; registered?: null; enrolled: weft.management.v1.Enrolled.$Shape; refused?: null }|{ message?: "refused"; registered?: null; enrolled?: null; refused: weft.management.v1.Refused.$Shape })
                 * )} weft.management.v1.RunUpdate.$Shape
                 */

                /**
                 * Constructs a new RunUpdate.
                 * @memberof weft.management.v1
                 * @classdesc Represents a RunUpdate.
                 * @constructor
                 * @param {weft.management.v1.RunUpdate.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RunUpdate = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RunUpdate registered.
                 * @member {weft.discovery.v1.Workload.$Properties|null|undefined} registered
                 * @memberof weft.management.v1.RunUpdate
                 * @instance
                 */
                RunUpdate.prototype.registered = null;

                /**
                 * RunUpdate enrolled.
                 * @member {weft.management.v1.Enrolled.$Properties|null|undefined} enrolled
                 * @memberof weft.management.v1.RunUpdate
                 * @instance
                 */
                RunUpdate.prototype.enrolled = null;

                /**
                 * RunUpdate refused.
                 * @member {weft.management.v1.Refused.$Properties|null|undefined} refused
                 * @memberof weft.management.v1.RunUpdate
                 * @instance
                 */
                RunUpdate.prototype.refused = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * RunUpdate message.
                 * @member {"registered"|"enrolled"|"refused"|undefined} message
                 * @memberof weft.management.v1.RunUpdate
                 * @instance
                 */
                $Object.defineProperty(RunUpdate.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["registered", "enrolled", "refused"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new RunUpdate instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.RunUpdate
                 * @static
                 * @param {weft.management.v1.RunUpdate.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.RunUpdate} RunUpdate instance
                 * @type {{
                 *   (properties: weft.management.v1.RunUpdate.$Shape): weft.management.v1.RunUpdate & weft.management.v1.RunUpdate.$Shape;
                 *   (properties?: weft.management.v1.RunUpdate.$Properties): weft.management.v1.RunUpdate;
                 * }}
                 */
                RunUpdate.create = function(properties) {
                    return new RunUpdate(properties);
                };

                /**
                 * Encodes the specified RunUpdate message. Does not implicitly {@link weft.management.v1.RunUpdate.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.RunUpdate
                 * @static
                 * @param {weft.management.v1.RunUpdate.$Properties} message RunUpdate message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RunUpdate.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.registered != null && $Object.hasOwnProperty.call(message, "registered"))
                        $root.weft.discovery.v1.Workload.encode(message.registered, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.enrolled != null && $Object.hasOwnProperty.call(message, "enrolled"))
                        $root.weft.management.v1.Enrolled.encode(message.enrolled, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                        $root.weft.management.v1.Refused.encode(message.refused, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RunUpdate message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.RunUpdate
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.RunUpdate & weft.management.v1.RunUpdate.$Shape} RunUpdate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RunUpdate.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.RunUpdate();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.registered = $root.weft.discovery.v1.Workload.decode(reader, reader.size(), $undefined, _depth + 1, message.registered);
                                message.message = "registered";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.enrolled = $root.weft.management.v1.Enrolled.decode(reader, reader.size(), $undefined, _depth + 1, message.enrolled);
                                message.message = "enrolled";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.refused = $root.weft.management.v1.Refused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                                message.message = "refused";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return RunUpdate;
            })();

            v1.Enrolled = (function() {

                /**
                 * Properties of an Enrolled.
                 * @typedef {Object} weft.management.v1.Enrolled.$Properties
                 * @property {Object.<string,string>|null} [environment] Enrolled environment
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Enrolled.
                 * @memberof weft.management.v1
                 * @interface IEnrolled
                 * @augments weft.management.v1.Enrolled.$Properties
                 * @deprecated Use weft.management.v1.Enrolled.$Properties instead.
                 */

                /**
                 * Shape of an Enrolled.
                 * @typedef {weft.management.v1.Enrolled.$Properties} weft.management.v1.Enrolled.$Shape
                 */

                /**
                 * Constructs a new Enrolled.
                 * @memberof weft.management.v1
                 * @classdesc Represents an Enrolled.
                 * @constructor
                 * @param {weft.management.v1.Enrolled.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Enrolled = function (properties) {
                    this.environment = {};
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Enrolled environment.
                 * @member {Object.<string,string>} environment
                 * @memberof weft.management.v1.Enrolled
                 * @instance
                 */
                Enrolled.prototype.environment = $util.emptyObject;

                /**
                 * Creates a new Enrolled instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.Enrolled
                 * @static
                 * @param {weft.management.v1.Enrolled.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.Enrolled} Enrolled instance
                 * @type {{
                 *   (properties: weft.management.v1.Enrolled.$Shape): weft.management.v1.Enrolled & weft.management.v1.Enrolled.$Shape;
                 *   (properties?: weft.management.v1.Enrolled.$Properties): weft.management.v1.Enrolled;
                 * }}
                 */
                Enrolled.create = function(properties) {
                    return new Enrolled(properties);
                };

                /**
                 * Encodes the specified Enrolled message. Does not implicitly {@link weft.management.v1.Enrolled.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.Enrolled
                 * @static
                 * @param {weft.management.v1.Enrolled.$Properties} message Enrolled message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Enrolled.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.environment != null && $Object.hasOwnProperty.call(message, "environment"))
                        for (let keys = $Object.keys(message.environment), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.environment[keys[i]]).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Enrolled message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.Enrolled
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.Enrolled & weft.management.v1.Enrolled.$Shape} Enrolled
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Enrolled.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.Enrolled();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (message.environment === $util.emptyObject)
                                    message.environment = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.environment, key);
                                message.environment[key] = value;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Enrolled;
            })();

            v1.Refused = (function() {

                /**
                 * Properties of a Refused.
                 * @typedef {Object} weft.management.v1.Refused.$Properties
                 * @property {string|null} [reason] Refused reason
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Refused.
                 * @memberof weft.management.v1
                 * @interface IRefused
                 * @augments weft.management.v1.Refused.$Properties
                 * @deprecated Use weft.management.v1.Refused.$Properties instead.
                 */

                /**
                 * Shape of a Refused.
                 * @typedef {weft.management.v1.Refused.$Properties} weft.management.v1.Refused.$Shape
                 */

                /**
                 * Constructs a new Refused.
                 * @memberof weft.management.v1
                 * @classdesc Represents a Refused.
                 * @constructor
                 * @param {weft.management.v1.Refused.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Refused = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Refused reason.
                 * @member {string} reason
                 * @memberof weft.management.v1.Refused
                 * @instance
                 */
                Refused.prototype.reason = "";

                /**
                 * Creates a new Refused instance using the specified properties.
                 * @function create
                 * @memberof weft.management.v1.Refused
                 * @static
                 * @param {weft.management.v1.Refused.$Properties=} [properties] Properties to set
                 * @returns {weft.management.v1.Refused} Refused instance
                 * @type {{
                 *   (properties: weft.management.v1.Refused.$Shape): weft.management.v1.Refused & weft.management.v1.Refused.$Shape;
                 *   (properties?: weft.management.v1.Refused.$Properties): weft.management.v1.Refused;
                 * }}
                 */
                Refused.create = function(properties) {
                    return new Refused(properties);
                };

                /**
                 * Encodes the specified Refused message. Does not implicitly {@link weft.management.v1.Refused.verify|verify} messages.
                 * @function encode
                 * @memberof weft.management.v1.Refused
                 * @static
                 * @param {weft.management.v1.Refused.$Properties} message Refused message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Refused.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Refused message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.management.v1.Refused
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.management.v1.Refused & weft.management.v1.Refused.$Shape} Refused
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Refused.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.management.v1.Refused();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Refused;
            })();

            return v1;
        })();

        return management;
    })();

    weft.policy = (function() {

        /**
         * Namespace policy.
         * @memberof weft
         * @namespace
         */
        const policy = {};

        policy.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof weft.policy
             * @namespace
             */
            const v1 = {};

            v1.DecideRequest = (function() {

                /**
                 * Properties of a DecideRequest.
                 * @typedef {Object} weft.policy.v1.DecideRequest.$Properties
                 * @property {string|null} [namespace] DecideRequest namespace
                 * @property {Object.<string,string>|null} [labels] DecideRequest labels
                 * @property {Array.<string>|null} [services] DecideRequest services
                 * @property {number|null} [port] DecideRequest port
                 * @property {string|null} [source] DecideRequest source
                 * @property {string|null} [method] DecideRequest method
                 * @property {string|null} [path] DecideRequest path
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DecideRequest.
                 * @memberof weft.policy.v1
                 * @interface IDecideRequest
                 * @augments weft.policy.v1.DecideRequest.$Properties
                 * @deprecated Use weft.policy.v1.DecideRequest.$Properties instead.
                 */

                /**
                 * Shape of a DecideRequest.
                 * @typedef {weft.policy.v1.DecideRequest.$Properties} weft.policy.v1.DecideRequest.$Shape
                 */

                /**
                 * Constructs a new DecideRequest.
                 * @memberof weft.policy.v1
                 * @classdesc Represents a DecideRequest.
                 * @constructor
                 * @param {weft.policy.v1.DecideRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DecideRequest = function (properties) {
                    this.labels = {};
                    this.services = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DecideRequest namespace.
                 * @member {string} namespace
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.namespace = "";

                /**
                 * DecideRequest labels.
                 * @member {Object.<string,string>} labels
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.labels = $util.emptyObject;

                /**
                 * DecideRequest services.
                 * @member {Array.<string>} services
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.services = $util.emptyArray;

                /**
                 * DecideRequest port.
                 * @member {number} port
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.port = 0;

                /**
                 * DecideRequest source.
                 * @member {string} source
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.source = "";

                /**
                 * DecideRequest method.
                 * @member {string} method
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.method = "";

                /**
                 * DecideRequest path.
                 * @member {string} path
                 * @memberof weft.policy.v1.DecideRequest
                 * @instance
                 */
                DecideRequest.prototype.path = "";

                /**
                 * Creates a new DecideRequest instance using the specified properties.
                 * @function create
                 * @memberof weft.policy.v1.DecideRequest
                 * @static
                 * @param {weft.policy.v1.DecideRequest.$Properties=} [properties] Properties to set
                 * @returns {weft.policy.v1.DecideRequest} DecideRequest instance
                 * @type {{
                 *   (properties: weft.policy.v1.DecideRequest.$Shape): weft.policy.v1.DecideRequest & weft.policy.v1.DecideRequest.$Shape;
                 *   (properties?: weft.policy.v1.DecideRequest.$Properties): weft.policy.v1.DecideRequest;
                 * }}
                 */
                DecideRequest.create = function(properties) {
                    return new DecideRequest(properties);
                };

                /**
                 * Encodes the specified DecideRequest message. Does not implicitly {@link weft.policy.v1.DecideRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weft.policy.v1.DecideRequest
                 * @static
                 * @param {weft.policy.v1.DecideRequest.$Properties} message DecideRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DecideRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                    if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                        for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                    if (message.services != null && message.services.length)
                        for (let i = 0; i < message.services.length; ++i)
                            writer.uint32(/* id 3, wireType 2 =*/26).string(message.services[i]);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.port);
                    if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.source);
                    if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.method);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.path);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DecideRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.policy.v1.DecideRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.policy.v1.DecideRequest & weft.policy.v1.DecideRequest.$Shape} DecideRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DecideRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, key, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.policy.v1.DecideRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (message.labels === $util.emptyObject)
                                    message.labels = {};
                                let end2 = reader.size() + reader.pos;
                                if (end2 > reader.len)
                                    throw $RangeError("index out of range");
                                reader.len = end2;
                                key = "";
                                value = "";
                                while (reader.pos < end2) {
                                    let tag2 = reader.tag();
                                    wireType = tag2 & 7;
                                    switch (tag2 >>>= 3) {
                                    case 1:
                                        if (wireType !== 2)
                                            break;
                                        key = reader.stringVerify();
                                        continue;
                                    case 2:
                                        if (wireType !== 2)
                                            break;
                                        value = reader.stringVerify();
                                        continue;
                                    }
                                    reader.skipType(wireType, _depth, tag2);
                                }
                                if (reader.pos !== end2)
                                    throw $RangeError("index out of range");
                                reader.len = end;
                                if (key === "__proto__")
                                    $util.makeProp(message.labels, key);
                                message.labels[key] = value;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.services && message.services.length))
                                    message.services = [];
                                message.services.push(reader.stringVerify());
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.source = value;
                                else
                                    delete message.source;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.method = value;
                                else
                                    delete message.method;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DecideRequest;
            })();

            v1.DecideResponse = (function() {

                /**
                 * Properties of a DecideResponse.
                 * @typedef {Object} weft.policy.v1.DecideResponse.$Properties
                 * @property {boolean|null} [allowed] DecideResponse allowed
                 * @property {string|null} [rule] DecideResponse rule
                 * @property {string|null} [message] DecideResponse message
                 * @property {number|null} [revision] DecideResponse revision
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a DecideResponse.
                 * @memberof weft.policy.v1
                 * @interface IDecideResponse
                 * @augments weft.policy.v1.DecideResponse.$Properties
                 * @deprecated Use weft.policy.v1.DecideResponse.$Properties instead.
                 */

                /**
                 * Shape of a DecideResponse.
                 * @typedef {weft.policy.v1.DecideResponse.$Properties} weft.policy.v1.DecideResponse.$Shape
                 */

                /**
                 * Constructs a new DecideResponse.
                 * @memberof weft.policy.v1
                 * @classdesc Represents a DecideResponse.
                 * @constructor
                 * @param {weft.policy.v1.DecideResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const DecideResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * DecideResponse allowed.
                 * @member {boolean} allowed
                 * @memberof weft.policy.v1.DecideResponse
                 * @instance
                 */
                DecideResponse.prototype.allowed = false;

                /**
                 * DecideResponse rule.
                 * @member {string} rule
                 * @memberof weft.policy.v1.DecideResponse
                 * @instance
                 */
                DecideResponse.prototype.rule = "";

                /**
                 * DecideResponse message.
                 * @member {string} message
                 * @memberof weft.policy.v1.DecideResponse
                 * @instance
                 */
                DecideResponse.prototype.message = "";

                /**
                 * DecideResponse revision.
                 * @member {number} revision
                 * @memberof weft.policy.v1.DecideResponse
                 * @instance
                 */
                DecideResponse.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new DecideResponse instance using the specified properties.
                 * @function create
                 * @memberof weft.policy.v1.DecideResponse
                 * @static
                 * @param {weft.policy.v1.DecideResponse.$Properties=} [properties] Properties to set
                 * @returns {weft.policy.v1.DecideResponse} DecideResponse instance
                 * @type {{
                 *   (properties: weft.policy.v1.DecideResponse.$Shape): weft.policy.v1.DecideResponse & weft.policy.v1.DecideResponse.$Shape;
                 *   (properties?: weft.policy.v1.DecideResponse.$Properties): weft.policy.v1.DecideResponse;
                 * }}
                 */
                DecideResponse.create = function(properties) {
                    return new DecideResponse(properties);
                };

                /**
                 * Encodes the specified DecideResponse message. Does not implicitly {@link weft.policy.v1.DecideResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weft.policy.v1.DecideResponse
                 * @static
                 * @param {weft.policy.v1.DecideResponse.$Properties} message DecideResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                DecideResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.allowed != null && $Object.hasOwnProperty.call(message, "allowed") && message.allowed !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.allowed);
                    if (message.rule != null && $Object.hasOwnProperty.call(message, "rule") && message.rule !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.rule);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.revision);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a DecideResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weft.policy.v1.DecideResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weft.policy.v1.DecideResponse & weft.policy.v1.DecideResponse.$Shape} DecideResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                DecideResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weft.policy.v1.DecideResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.allowed = value;
                                else
                                    delete message.allowed;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.rule = value;
                                else
                                    delete message.rule;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DecideResponse;
            })();

            return v1;
        })();

        return policy;
    })();

    return weft;
})();

export {
  $root as default
};
