import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace weft. */
export namespace weft {

    /** Namespace ca. */
    namespace ca {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a JoinRequest.
             * @deprecated Use weft.ca.v1.JoinRequest.$Properties instead.
             */
            interface IJoinRequest extends weft.ca.v1.JoinRequest.$Properties {
            }

            /** Represents a JoinRequest. */
            class JoinRequest {

                /**
                 * Constructs a new JoinRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.ca.v1.JoinRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JoinRequest token. */
                token: string;

                /** JoinRequest csr. */
                csr: Uint8Array;

                /** JoinRequest hosts. */
                hosts: string[];

                /**
                 * Creates a new JoinRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns JoinRequest instance
                 */
                static create(properties: weft.ca.v1.JoinRequest.$Shape): weft.ca.v1.JoinRequest & weft.ca.v1.JoinRequest.$Shape;
                static create(properties?: weft.ca.v1.JoinRequest.$Properties): weft.ca.v1.JoinRequest;

                /**
                 * Encodes the specified JoinRequest message. Does not implicitly {@link weft.ca.v1.JoinRequest.verify|verify} messages.
                 * @param message JoinRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.ca.v1.JoinRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JoinRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.ca.v1.JoinRequest & weft.ca.v1.JoinRequest.$Shape} JoinRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.ca.v1.JoinRequest & weft.ca.v1.JoinRequest.$Shape;
            }

            namespace JoinRequest {

                /** Properties of a JoinRequest. */
                interface $Properties {

                    /** JoinRequest token */
                    token?: (string|null);

                    /** JoinRequest csr */
                    csr?: (Uint8Array|null);

                    /** JoinRequest hosts */
                    hosts?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JoinRequest. */
                type $Shape = weft.ca.v1.JoinRequest.$Properties;
            }

            /**
             * Properties of a RenewRequest.
             * @deprecated Use weft.ca.v1.RenewRequest.$Properties instead.
             */
            interface IRenewRequest extends weft.ca.v1.RenewRequest.$Properties {
            }

            /** Represents a RenewRequest. */
            class RenewRequest {

                /**
                 * Constructs a new RenewRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.ca.v1.RenewRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RenewRequest csr. */
                csr: Uint8Array;

                /** RenewRequest hosts. */
                hosts: string[];

                /**
                 * Creates a new RenewRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RenewRequest instance
                 */
                static create(properties: weft.ca.v1.RenewRequest.$Shape): weft.ca.v1.RenewRequest & weft.ca.v1.RenewRequest.$Shape;
                static create(properties?: weft.ca.v1.RenewRequest.$Properties): weft.ca.v1.RenewRequest;

                /**
                 * Encodes the specified RenewRequest message. Does not implicitly {@link weft.ca.v1.RenewRequest.verify|verify} messages.
                 * @param message RenewRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.ca.v1.RenewRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RenewRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.ca.v1.RenewRequest & weft.ca.v1.RenewRequest.$Shape} RenewRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.ca.v1.RenewRequest & weft.ca.v1.RenewRequest.$Shape;
            }

            namespace RenewRequest {

                /** Properties of a RenewRequest. */
                interface $Properties {

                    /** RenewRequest csr */
                    csr?: (Uint8Array|null);

                    /** RenewRequest hosts */
                    hosts?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RenewRequest. */
                type $Shape = weft.ca.v1.RenewRequest.$Properties;
            }

            /**
             * Properties of an IssueRequest.
             * @deprecated Use weft.ca.v1.IssueRequest.$Properties instead.
             */
            interface IIssueRequest extends weft.ca.v1.IssueRequest.$Properties {
            }

            /** Represents an IssueRequest. */
            class IssueRequest {

                /**
                 * Constructs a new IssueRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.ca.v1.IssueRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** IssueRequest identity. */
                identity: string;

                /** IssueRequest csr. */
                csr: Uint8Array;

                /**
                 * Creates a new IssueRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns IssueRequest instance
                 */
                static create(properties: weft.ca.v1.IssueRequest.$Shape): weft.ca.v1.IssueRequest & weft.ca.v1.IssueRequest.$Shape;
                static create(properties?: weft.ca.v1.IssueRequest.$Properties): weft.ca.v1.IssueRequest;

                /**
                 * Encodes the specified IssueRequest message. Does not implicitly {@link weft.ca.v1.IssueRequest.verify|verify} messages.
                 * @param message IssueRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.ca.v1.IssueRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an IssueRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.ca.v1.IssueRequest & weft.ca.v1.IssueRequest.$Shape} IssueRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.ca.v1.IssueRequest & weft.ca.v1.IssueRequest.$Shape;
            }

            namespace IssueRequest {

                /** Properties of an IssueRequest. */
                interface $Properties {

                    /** IssueRequest identity */
                    identity?: (string|null);

                    /** IssueRequest csr */
                    csr?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an IssueRequest. */
                type $Shape = weft.ca.v1.IssueRequest.$Properties;
            }

            /**
             * Properties of a CertificateResponse.
             * @deprecated Use weft.ca.v1.CertificateResponse.$Properties instead.
             */
            interface ICertificateResponse extends weft.ca.v1.CertificateResponse.$Properties {
            }

            /** Represents a CertificateResponse. */
            class CertificateResponse {

                /**
                 * Constructs a new CertificateResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.ca.v1.CertificateResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CertificateResponse chain. */
                chain: string;

                /** CertificateResponse roots. */
                roots: string;

                /** CertificateResponse identity. */
                identity: string;

                /** CertificateResponse notAfter. */
                notAfter: number;

                /**
                 * Creates a new CertificateResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CertificateResponse instance
                 */
                static create(properties: weft.ca.v1.CertificateResponse.$Shape): weft.ca.v1.CertificateResponse & weft.ca.v1.CertificateResponse.$Shape;
                static create(properties?: weft.ca.v1.CertificateResponse.$Properties): weft.ca.v1.CertificateResponse;

                /**
                 * Encodes the specified CertificateResponse message. Does not implicitly {@link weft.ca.v1.CertificateResponse.verify|verify} messages.
                 * @param message CertificateResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.ca.v1.CertificateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CertificateResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.ca.v1.CertificateResponse & weft.ca.v1.CertificateResponse.$Shape} CertificateResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.ca.v1.CertificateResponse & weft.ca.v1.CertificateResponse.$Shape;
            }

            namespace CertificateResponse {

                /** Properties of a CertificateResponse. */
                interface $Properties {

                    /** CertificateResponse chain */
                    chain?: (string|null);

                    /** CertificateResponse roots */
                    roots?: (string|null);

                    /** CertificateResponse identity */
                    identity?: (string|null);

                    /** CertificateResponse notAfter */
                    notAfter?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CertificateResponse. */
                type $Shape = weft.ca.v1.CertificateResponse.$Properties;
            }
        }
    }

    /** Namespace discovery. */
    namespace discovery {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a DeltaRequest.
             * @deprecated Use weft.discovery.v1.DeltaRequest.$Properties instead.
             */
            interface IDeltaRequest extends weft.discovery.v1.DeltaRequest.$Properties {
            }

            /** Represents a DeltaRequest. */
            class DeltaRequest {

                /**
                 * Constructs a new DeltaRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.DeltaRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DeltaRequest hello. */
                hello?: (weft.discovery.v1.Hello.$Properties|null);

                /** DeltaRequest ack. */
                ack?: (weft.discovery.v1.Ack.$Properties|null);

                /** DeltaRequest nack. */
                nack?: (weft.discovery.v1.Nack.$Properties|null);

                /** DeltaRequest status. */
                status?: (weft.discovery.v1.StatusReport.$Properties|null);

                /** DeltaRequest message. */
                message?: ("hello"|"ack"|"nack"|"status");

                /**
                 * Creates a new DeltaRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DeltaRequest instance
                 */
                static create(properties: weft.discovery.v1.DeltaRequest.$Shape): weft.discovery.v1.DeltaRequest & weft.discovery.v1.DeltaRequest.$Shape;
                static create(properties?: weft.discovery.v1.DeltaRequest.$Properties): weft.discovery.v1.DeltaRequest;

                /**
                 * Encodes the specified DeltaRequest message. Does not implicitly {@link weft.discovery.v1.DeltaRequest.verify|verify} messages.
                 * @param message DeltaRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.DeltaRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeltaRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.DeltaRequest & weft.discovery.v1.DeltaRequest.$Shape} DeltaRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.DeltaRequest & weft.discovery.v1.DeltaRequest.$Shape;
            }

            namespace DeltaRequest {

                /** Properties of a DeltaRequest. */
                interface $Properties {

                    /** DeltaRequest hello */
                    hello?: (weft.discovery.v1.Hello.$Properties|null);

                    /** DeltaRequest ack */
                    ack?: (weft.discovery.v1.Ack.$Properties|null);

                    /** DeltaRequest nack */
                    nack?: (weft.discovery.v1.Nack.$Properties|null);

                    /** DeltaRequest status */
                    status?: (weft.discovery.v1.StatusReport.$Properties|null);

                    /** DeltaRequest message */
                    message?: ("hello"|"ack"|"nack"|"status");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a DeltaRequest. */
                type $Shape = {
                  hello?: weft.discovery.v1.Hello.$Shape|null;
                  ack?: weft.discovery.v1.Ack.$Shape|null;
                  nack?: weft.discovery.v1.Nack.$Shape|null;
                  status?: weft.discovery.v1.StatusReport.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; hello?: null; ack?: null; nack?: null; status?: null }|{ message?: "hello"; hello: weft.discovery.v1.Hello.$Shape; ack?: null; nack?: null; status?: null }|{ message?: "ack"; hello?: null; ack: weft.discovery.v1.Ack.$Shape; nack?: null; status?: null }|{ message?: "nack"; hello?: null; ack?: null; nack: weft.discovery.v1.Nack.$Shape; status?: null }|{ message?: "status"; hello?: null; ack?: null; nack?: null; status: weft.discovery.v1.StatusReport.$Shape })
                );
            }

            /**
             * Properties of a Hello.
             * @deprecated Use weft.discovery.v1.Hello.$Properties instead.
             */
            interface IHello extends weft.discovery.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello node. */
                node: string;

                /** Hello kinds. */
                kinds: string[];

                /** Hello held. */
                held: { [k: string]: string };

                /** Hello version. */
                version: string;

                /**
                 * Creates a new Hello instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Hello instance
                 */
                static create(properties: weft.discovery.v1.Hello.$Shape): weft.discovery.v1.Hello & weft.discovery.v1.Hello.$Shape;
                static create(properties?: weft.discovery.v1.Hello.$Properties): weft.discovery.v1.Hello;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link weft.discovery.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Hello & weft.discovery.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Hello & weft.discovery.v1.Hello.$Shape;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello node */
                    node?: (string|null);

                    /** Hello kinds */
                    kinds?: (string[]|null);

                    /** Hello held */
                    held?: ({ [k: string]: string }|null);

                    /** Hello version */
                    version?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = weft.discovery.v1.Hello.$Properties;
            }

            /**
             * Properties of an Ack.
             * @deprecated Use weft.discovery.v1.Ack.$Properties instead.
             */
            interface IAck extends weft.discovery.v1.Ack.$Properties {
            }

            /** Represents an Ack. */
            class Ack {

                /**
                 * Constructs a new Ack.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Ack.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Ack nonce. */
                nonce: number;

                /**
                 * Creates a new Ack instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Ack instance
                 */
                static create(properties: weft.discovery.v1.Ack.$Shape): weft.discovery.v1.Ack & weft.discovery.v1.Ack.$Shape;
                static create(properties?: weft.discovery.v1.Ack.$Properties): weft.discovery.v1.Ack;

                /**
                 * Encodes the specified Ack message. Does not implicitly {@link weft.discovery.v1.Ack.verify|verify} messages.
                 * @param message Ack message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Ack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Ack message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Ack & weft.discovery.v1.Ack.$Shape} Ack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Ack & weft.discovery.v1.Ack.$Shape;
            }

            namespace Ack {

                /** Properties of an Ack. */
                interface $Properties {

                    /** Ack nonce */
                    nonce?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Ack. */
                type $Shape = weft.discovery.v1.Ack.$Properties;
            }

            /**
             * Properties of a Nack.
             * @deprecated Use weft.discovery.v1.Nack.$Properties instead.
             */
            interface INack extends weft.discovery.v1.Nack.$Properties {
            }

            /** Represents a Nack. */
            class Nack {

                /**
                 * Constructs a new Nack.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Nack.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Nack nonce. */
                nonce: number;

                /** Nack error. */
                error: string;

                /**
                 * Creates a new Nack instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Nack instance
                 */
                static create(properties: weft.discovery.v1.Nack.$Shape): weft.discovery.v1.Nack & weft.discovery.v1.Nack.$Shape;
                static create(properties?: weft.discovery.v1.Nack.$Properties): weft.discovery.v1.Nack;

                /**
                 * Encodes the specified Nack message. Does not implicitly {@link weft.discovery.v1.Nack.verify|verify} messages.
                 * @param message Nack message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Nack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Nack message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Nack & weft.discovery.v1.Nack.$Shape} Nack
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Nack & weft.discovery.v1.Nack.$Shape;
            }

            namespace Nack {

                /** Properties of a Nack. */
                interface $Properties {

                    /** Nack nonce */
                    nonce?: (number|null);

                    /** Nack error */
                    error?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Nack. */
                type $Shape = weft.discovery.v1.Nack.$Properties;
            }

            /**
             * Properties of a StatusReport.
             * @deprecated Use weft.discovery.v1.StatusReport.$Properties instead.
             */
            interface IStatusReport extends weft.discovery.v1.StatusReport.$Properties {
            }

            /** Represents a StatusReport. */
            class StatusReport {

                /**
                 * Constructs a new StatusReport.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.StatusReport.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatusReport workloads. */
                workloads: weft.discovery.v1.WorkloadStatus.$Properties[];

                /** StatusReport policyRevision. */
                policyRevision: number;

                /** StatusReport notices. */
                notices: weft.discovery.v1.NodeNotice.$Properties[];

                /**
                 * Creates a new StatusReport instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatusReport instance
                 */
                static create(properties: weft.discovery.v1.StatusReport.$Shape): weft.discovery.v1.StatusReport & weft.discovery.v1.StatusReport.$Shape;
                static create(properties?: weft.discovery.v1.StatusReport.$Properties): weft.discovery.v1.StatusReport;

                /**
                 * Encodes the specified StatusReport message. Does not implicitly {@link weft.discovery.v1.StatusReport.verify|verify} messages.
                 * @param message StatusReport message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.StatusReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatusReport message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.StatusReport & weft.discovery.v1.StatusReport.$Shape} StatusReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.StatusReport & weft.discovery.v1.StatusReport.$Shape;
            }

            namespace StatusReport {

                /** Properties of a StatusReport. */
                interface $Properties {

                    /** StatusReport workloads */
                    workloads?: (weft.discovery.v1.WorkloadStatus.$Properties[]|null);

                    /** StatusReport policyRevision */
                    policyRevision?: (number|null);

                    /** StatusReport notices */
                    notices?: (weft.discovery.v1.NodeNotice.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatusReport. */
                type $Shape = weft.discovery.v1.StatusReport.$Properties;
            }

            /**
             * Properties of a NodeNotice.
             * @deprecated Use weft.discovery.v1.NodeNotice.$Properties instead.
             */
            interface INodeNotice extends weft.discovery.v1.NodeNotice.$Properties {
            }

            /** Represents a NodeNotice. */
            class NodeNotice {

                /**
                 * Constructs a new NodeNotice.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.NodeNotice.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NodeNotice id. */
                id: string;

                /** NodeNotice text. */
                text: string;

                /**
                 * Creates a new NodeNotice instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns NodeNotice instance
                 */
                static create(properties: weft.discovery.v1.NodeNotice.$Shape): weft.discovery.v1.NodeNotice & weft.discovery.v1.NodeNotice.$Shape;
                static create(properties?: weft.discovery.v1.NodeNotice.$Properties): weft.discovery.v1.NodeNotice;

                /**
                 * Encodes the specified NodeNotice message. Does not implicitly {@link weft.discovery.v1.NodeNotice.verify|verify} messages.
                 * @param message NodeNotice message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.NodeNotice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NodeNotice message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.NodeNotice & weft.discovery.v1.NodeNotice.$Shape} NodeNotice
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.NodeNotice & weft.discovery.v1.NodeNotice.$Shape;
            }

            namespace NodeNotice {

                /** Properties of a NodeNotice. */
                interface $Properties {

                    /** NodeNotice id */
                    id?: (string|null);

                    /** NodeNotice text */
                    text?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NodeNotice. */
                type $Shape = weft.discovery.v1.NodeNotice.$Properties;
            }

            /**
             * Properties of a WorkloadStatus.
             * @deprecated Use weft.discovery.v1.WorkloadStatus.$Properties instead.
             */
            interface IWorkloadStatus extends weft.discovery.v1.WorkloadStatus.$Properties {
            }

            /** Represents a WorkloadStatus. */
            class WorkloadStatus {

                /**
                 * Constructs a new WorkloadStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.WorkloadStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkloadStatus uid. */
                uid: string;

                /** WorkloadStatus enrolled. */
                enrolled: boolean;

                /** WorkloadStatus reason. */
                reason: string;

                /** WorkloadStatus environment. */
                environment: { [k: string]: string };

                /**
                 * Creates a new WorkloadStatus instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WorkloadStatus instance
                 */
                static create(properties: weft.discovery.v1.WorkloadStatus.$Shape): weft.discovery.v1.WorkloadStatus & weft.discovery.v1.WorkloadStatus.$Shape;
                static create(properties?: weft.discovery.v1.WorkloadStatus.$Properties): weft.discovery.v1.WorkloadStatus;

                /**
                 * Encodes the specified WorkloadStatus message. Does not implicitly {@link weft.discovery.v1.WorkloadStatus.verify|verify} messages.
                 * @param message WorkloadStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.WorkloadStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkloadStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.WorkloadStatus & weft.discovery.v1.WorkloadStatus.$Shape} WorkloadStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.WorkloadStatus & weft.discovery.v1.WorkloadStatus.$Shape;
            }

            namespace WorkloadStatus {

                /** Properties of a WorkloadStatus. */
                interface $Properties {

                    /** WorkloadStatus uid */
                    uid?: (string|null);

                    /** WorkloadStatus enrolled */
                    enrolled?: (boolean|null);

                    /** WorkloadStatus reason */
                    reason?: (string|null);

                    /** WorkloadStatus environment */
                    environment?: ({ [k: string]: string }|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkloadStatus. */
                type $Shape = weft.discovery.v1.WorkloadStatus.$Properties;
            }

            /**
             * Properties of a DeltaResponse.
             * @deprecated Use weft.discovery.v1.DeltaResponse.$Properties instead.
             */
            interface IDeltaResponse extends weft.discovery.v1.DeltaResponse.$Properties {
            }

            /** Represents a DeltaResponse. */
            class DeltaResponse {

                /**
                 * Constructs a new DeltaResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.DeltaResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DeltaResponse nonce. */
                nonce: number;

                /** DeltaResponse revision. */
                revision: number;

                /** DeltaResponse upserts. */
                upserts: weft.discovery.v1.Resource.$Properties[];

                /** DeltaResponse removals. */
                removals: string[];

                /** DeltaResponse more. */
                more: boolean;

                /**
                 * Creates a new DeltaResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DeltaResponse instance
                 */
                static create(properties: weft.discovery.v1.DeltaResponse.$Shape): weft.discovery.v1.DeltaResponse & weft.discovery.v1.DeltaResponse.$Shape;
                static create(properties?: weft.discovery.v1.DeltaResponse.$Properties): weft.discovery.v1.DeltaResponse;

                /**
                 * Encodes the specified DeltaResponse message. Does not implicitly {@link weft.discovery.v1.DeltaResponse.verify|verify} messages.
                 * @param message DeltaResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.DeltaResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeltaResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.DeltaResponse & weft.discovery.v1.DeltaResponse.$Shape} DeltaResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.DeltaResponse & weft.discovery.v1.DeltaResponse.$Shape;
            }

            namespace DeltaResponse {

                /** Properties of a DeltaResponse. */
                interface $Properties {

                    /** DeltaResponse nonce */
                    nonce?: (number|null);

                    /** DeltaResponse revision */
                    revision?: (number|null);

                    /** DeltaResponse upserts */
                    upserts?: (weft.discovery.v1.Resource.$Properties[]|null);

                    /** DeltaResponse removals */
                    removals?: (string[]|null);

                    /** DeltaResponse more */
                    more?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DeltaResponse. */
                type $Shape = weft.discovery.v1.DeltaResponse.$Properties;
            }

            /**
             * Properties of a Resource.
             * @deprecated Use weft.discovery.v1.Resource.$Properties instead.
             */
            interface IResource extends weft.discovery.v1.Resource.$Properties {
            }

            /** Represents a Resource. */
            class Resource {

                /**
                 * Constructs a new Resource.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Resource.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Resource kind. */
                kind: string;

                /** Resource name. */
                name: string;

                /** Resource hash. */
                hash: string;

                /** Resource body. */
                body: Uint8Array;

                /**
                 * Creates a new Resource instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Resource instance
                 */
                static create(properties: weft.discovery.v1.Resource.$Shape): weft.discovery.v1.Resource & weft.discovery.v1.Resource.$Shape;
                static create(properties?: weft.discovery.v1.Resource.$Properties): weft.discovery.v1.Resource;

                /**
                 * Encodes the specified Resource message. Does not implicitly {@link weft.discovery.v1.Resource.verify|verify} messages.
                 * @param message Resource message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Resource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Resource message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Resource & weft.discovery.v1.Resource.$Shape} Resource
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Resource & weft.discovery.v1.Resource.$Shape;
            }

            namespace Resource {

                /** Properties of a Resource. */
                interface $Properties {

                    /** Resource kind */
                    kind?: (string|null);

                    /** Resource name */
                    name?: (string|null);

                    /** Resource hash */
                    hash?: (string|null);

                    /** Resource body */
                    body?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Resource. */
                type $Shape = weft.discovery.v1.Resource.$Properties;
            }

            /**
             * Properties of a FollowRequest.
             * @deprecated Use weft.discovery.v1.FollowRequest.$Properties instead.
             */
            interface IFollowRequest extends weft.discovery.v1.FollowRequest.$Properties {
            }

            /** Represents a FollowRequest. */
            class FollowRequest {

                /**
                 * Constructs a new FollowRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.FollowRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new FollowRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns FollowRequest instance
                 */
                static create(properties: weft.discovery.v1.FollowRequest.$Shape): weft.discovery.v1.FollowRequest & weft.discovery.v1.FollowRequest.$Shape;
                static create(properties?: weft.discovery.v1.FollowRequest.$Properties): weft.discovery.v1.FollowRequest;

                /**
                 * Encodes the specified FollowRequest message. Does not implicitly {@link weft.discovery.v1.FollowRequest.verify|verify} messages.
                 * @param message FollowRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.FollowRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FollowRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.FollowRequest & weft.discovery.v1.FollowRequest.$Shape} FollowRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.FollowRequest & weft.discovery.v1.FollowRequest.$Shape;
            }

            namespace FollowRequest {

                /** Properties of a FollowRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FollowRequest. */
                type $Shape = weft.discovery.v1.FollowRequest.$Properties;
            }

            /**
             * Properties of a ReplicaReport.
             * @deprecated Use weft.discovery.v1.ReplicaReport.$Properties instead.
             */
            interface IReplicaReport extends weft.discovery.v1.ReplicaReport.$Properties {
            }

            /** Represents a ReplicaReport. */
            class ReplicaReport {

                /**
                 * Constructs a new ReplicaReport.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.ReplicaReport.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReplicaReport connected. */
                connected?: (weft.discovery.v1.Connected.$Properties|null);

                /** ReplicaReport traffic. */
                traffic: weft.discovery.v1.TrafficReport.$Properties[];

                /**
                 * Creates a new ReplicaReport instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ReplicaReport instance
                 */
                static create(properties: weft.discovery.v1.ReplicaReport.$Shape): weft.discovery.v1.ReplicaReport & weft.discovery.v1.ReplicaReport.$Shape;
                static create(properties?: weft.discovery.v1.ReplicaReport.$Properties): weft.discovery.v1.ReplicaReport;

                /**
                 * Encodes the specified ReplicaReport message. Does not implicitly {@link weft.discovery.v1.ReplicaReport.verify|verify} messages.
                 * @param message ReplicaReport message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.ReplicaReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReplicaReport message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ReplicaReport & weft.discovery.v1.ReplicaReport.$Shape} ReplicaReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.ReplicaReport & weft.discovery.v1.ReplicaReport.$Shape;
            }

            namespace ReplicaReport {

                /** Properties of a ReplicaReport. */
                interface $Properties {

                    /** ReplicaReport connected */
                    connected?: (weft.discovery.v1.Connected.$Properties|null);

                    /** ReplicaReport traffic */
                    traffic?: (weft.discovery.v1.TrafficReport.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReplicaReport. */
                type $Shape = weft.discovery.v1.ReplicaReport.$Properties;
            }

            /**
             * Properties of a Connected.
             * @deprecated Use weft.discovery.v1.Connected.$Properties instead.
             */
            interface IConnected extends weft.discovery.v1.Connected.$Properties {
            }

            /** Represents a Connected. */
            class Connected {

                /**
                 * Constructs a new Connected.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Connected.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Connected nodes. */
                nodes: weft.discovery.v1.SubscriberProgress.$Properties[];

                /** Connected policy. */
                policy?: (weft.discovery.v1.SubscriberProgress.$Properties|null);

                /** Connected revision. */
                revision: number;

                /**
                 * Creates a new Connected instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Connected instance
                 */
                static create(properties: weft.discovery.v1.Connected.$Shape): weft.discovery.v1.Connected & weft.discovery.v1.Connected.$Shape;
                static create(properties?: weft.discovery.v1.Connected.$Properties): weft.discovery.v1.Connected;

                /**
                 * Encodes the specified Connected message. Does not implicitly {@link weft.discovery.v1.Connected.verify|verify} messages.
                 * @param message Connected message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Connected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Connected message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Connected & weft.discovery.v1.Connected.$Shape} Connected
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Connected & weft.discovery.v1.Connected.$Shape;
            }

            namespace Connected {

                /** Properties of a Connected. */
                interface $Properties {

                    /** Connected nodes */
                    nodes?: (weft.discovery.v1.SubscriberProgress.$Properties[]|null);

                    /** Connected policy */
                    policy?: (weft.discovery.v1.SubscriberProgress.$Properties|null);

                    /** Connected revision */
                    revision?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Connected. */
                type $Shape = weft.discovery.v1.Connected.$Properties;
            }

            /**
             * Properties of a SubscriberProgress.
             * @deprecated Use weft.discovery.v1.SubscriberProgress.$Properties instead.
             */
            interface ISubscriberProgress extends weft.discovery.v1.SubscriberProgress.$Properties {
            }

            /** Represents a SubscriberProgress. */
            class SubscriberProgress {

                /**
                 * Constructs a new SubscriberProgress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.SubscriberProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SubscriberProgress node. */
                node: string;

                /** SubscriberProgress revision. */
                revision: number;

                /** SubscriberProgress policyRevision. */
                policyRevision: number;

                /** SubscriberProgress error. */
                error: string;

                /** SubscriberProgress refusedRevision. */
                refusedRevision: number;

                /** SubscriberProgress version. */
                version: string;

                /** SubscriberProgress notices. */
                notices: weft.discovery.v1.NodeNotice.$Properties[];

                /**
                 * Creates a new SubscriberProgress instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SubscriberProgress instance
                 */
                static create(properties: weft.discovery.v1.SubscriberProgress.$Shape): weft.discovery.v1.SubscriberProgress & weft.discovery.v1.SubscriberProgress.$Shape;
                static create(properties?: weft.discovery.v1.SubscriberProgress.$Properties): weft.discovery.v1.SubscriberProgress;

                /**
                 * Encodes the specified SubscriberProgress message. Does not implicitly {@link weft.discovery.v1.SubscriberProgress.verify|verify} messages.
                 * @param message SubscriberProgress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.SubscriberProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SubscriberProgress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SubscriberProgress & weft.discovery.v1.SubscriberProgress.$Shape} SubscriberProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.SubscriberProgress & weft.discovery.v1.SubscriberProgress.$Shape;
            }

            namespace SubscriberProgress {

                /** Properties of a SubscriberProgress. */
                interface $Properties {

                    /** SubscriberProgress node */
                    node?: (string|null);

                    /** SubscriberProgress revision */
                    revision?: (number|null);

                    /** SubscriberProgress policyRevision */
                    policyRevision?: (number|null);

                    /** SubscriberProgress error */
                    error?: (string|null);

                    /** SubscriberProgress refusedRevision */
                    refusedRevision?: (number|null);

                    /** SubscriberProgress version */
                    version?: (string|null);

                    /** SubscriberProgress notices */
                    notices?: (weft.discovery.v1.NodeNotice.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SubscriberProgress. */
                type $Shape = weft.discovery.v1.SubscriberProgress.$Properties;
            }

            /**
             * Properties of a CheckIdentityRequest.
             * @deprecated Use weft.discovery.v1.CheckIdentityRequest.$Properties instead.
             */
            interface ICheckIdentityRequest extends weft.discovery.v1.CheckIdentityRequest.$Properties {
            }

            /** Represents a CheckIdentityRequest. */
            class CheckIdentityRequest {

                /**
                 * Constructs a new CheckIdentityRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.CheckIdentityRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckIdentityRequest node. */
                node: string;

                /** CheckIdentityRequest identity. */
                identity: string;

                /**
                 * Creates a new CheckIdentityRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CheckIdentityRequest instance
                 */
                static create(properties: weft.discovery.v1.CheckIdentityRequest.$Shape): weft.discovery.v1.CheckIdentityRequest & weft.discovery.v1.CheckIdentityRequest.$Shape;
                static create(properties?: weft.discovery.v1.CheckIdentityRequest.$Properties): weft.discovery.v1.CheckIdentityRequest;

                /**
                 * Encodes the specified CheckIdentityRequest message. Does not implicitly {@link weft.discovery.v1.CheckIdentityRequest.verify|verify} messages.
                 * @param message CheckIdentityRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.CheckIdentityRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckIdentityRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.CheckIdentityRequest & weft.discovery.v1.CheckIdentityRequest.$Shape} CheckIdentityRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.CheckIdentityRequest & weft.discovery.v1.CheckIdentityRequest.$Shape;
            }

            namespace CheckIdentityRequest {

                /** Properties of a CheckIdentityRequest. */
                interface $Properties {

                    /** CheckIdentityRequest node */
                    node?: (string|null);

                    /** CheckIdentityRequest identity */
                    identity?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckIdentityRequest. */
                type $Shape = weft.discovery.v1.CheckIdentityRequest.$Properties;
            }

            /**
             * Properties of a CheckIdentityResponse.
             * @deprecated Use weft.discovery.v1.CheckIdentityResponse.$Properties instead.
             */
            interface ICheckIdentityResponse extends weft.discovery.v1.CheckIdentityResponse.$Properties {
            }

            /** Represents a CheckIdentityResponse. */
            class CheckIdentityResponse {

                /**
                 * Constructs a new CheckIdentityResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.CheckIdentityResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckIdentityResponse registered. */
                registered: boolean;

                /**
                 * Creates a new CheckIdentityResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns CheckIdentityResponse instance
                 */
                static create(properties: weft.discovery.v1.CheckIdentityResponse.$Shape): weft.discovery.v1.CheckIdentityResponse & weft.discovery.v1.CheckIdentityResponse.$Shape;
                static create(properties?: weft.discovery.v1.CheckIdentityResponse.$Properties): weft.discovery.v1.CheckIdentityResponse;

                /**
                 * Encodes the specified CheckIdentityResponse message. Does not implicitly {@link weft.discovery.v1.CheckIdentityResponse.verify|verify} messages.
                 * @param message CheckIdentityResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.CheckIdentityResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckIdentityResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.CheckIdentityResponse & weft.discovery.v1.CheckIdentityResponse.$Shape} CheckIdentityResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.CheckIdentityResponse & weft.discovery.v1.CheckIdentityResponse.$Shape;
            }

            namespace CheckIdentityResponse {

                /** Properties of a CheckIdentityResponse. */
                interface $Properties {

                    /** CheckIdentityResponse registered */
                    registered?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckIdentityResponse. */
                type $Shape = weft.discovery.v1.CheckIdentityResponse.$Properties;
            }

            /**
             * Properties of a TrafficReport.
             * @deprecated Use weft.discovery.v1.TrafficReport.$Properties instead.
             */
            interface ITrafficReport extends weft.discovery.v1.TrafficReport.$Properties {
            }

            /** Represents a TrafficReport. */
            class TrafficReport {

                /**
                 * Constructs a new TrafficReport.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.TrafficReport.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TrafficReport node. */
                node: string;

                /** TrafficReport counts. */
                counts: weft.discovery.v1.TrafficCount.$Properties[];

                /**
                 * Creates a new TrafficReport instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns TrafficReport instance
                 */
                static create(properties: weft.discovery.v1.TrafficReport.$Shape): weft.discovery.v1.TrafficReport & weft.discovery.v1.TrafficReport.$Shape;
                static create(properties?: weft.discovery.v1.TrafficReport.$Properties): weft.discovery.v1.TrafficReport;

                /**
                 * Encodes the specified TrafficReport message. Does not implicitly {@link weft.discovery.v1.TrafficReport.verify|verify} messages.
                 * @param message TrafficReport message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.TrafficReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TrafficReport message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.TrafficReport & weft.discovery.v1.TrafficReport.$Shape} TrafficReport
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.TrafficReport & weft.discovery.v1.TrafficReport.$Shape;
            }

            namespace TrafficReport {

                /** Properties of a TrafficReport. */
                interface $Properties {

                    /** TrafficReport node */
                    node?: (string|null);

                    /** TrafficReport counts */
                    counts?: (weft.discovery.v1.TrafficCount.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TrafficReport. */
                type $Shape = weft.discovery.v1.TrafficReport.$Properties;
            }

            /**
             * Properties of a TrafficCount.
             * @deprecated Use weft.discovery.v1.TrafficCount.$Properties instead.
             */
            interface ITrafficCount extends weft.discovery.v1.TrafficCount.$Properties {
            }

            /** Represents a TrafficCount. */
            class TrafficCount {

                /**
                 * Constructs a new TrafficCount.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.TrafficCount.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TrafficCount service. */
                service: string;

                /** TrafficCount workload. */
                workload: string;

                /** TrafficCount source. */
                source: string;

                /** TrafficCount destination. */
                destination: string;

                /** TrafficCount protocol. */
                protocol: string;

                /** TrafficCount direction. */
                direction: string;

                /** TrafficCount security. */
                security: string;

                /** TrafficCount successes. */
                successes: number;

                /** TrafficCount failures. */
                failures: number;

                /** TrafficCount faults. */
                faults: { [k: string]: number };

                /** TrafficCount retries. */
                retries: number;

                /** TrafficCount bytesSent. */
                bytesSent: number;

                /** TrafficCount bytesReceived. */
                bytesReceived: number;

                /** TrafficCount connectionsOpened. */
                connectionsOpened: number;

                /** TrafficCount connectionsOpen. */
                connectionsOpen: number;

                /** TrafficCount latencyBuckets. */
                latencyBuckets: { [k: string]: number };

                /** TrafficCount latencySumMs. */
                latencySumMs: number;

                /** TrafficCount addedBuckets. */
                addedBuckets: { [k: string]: number };

                /** TrafficCount addedSumMs. */
                addedSumMs: number;

                /** TrafficCount addressed. */
                addressed: string;

                /**
                 * Creates a new TrafficCount instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns TrafficCount instance
                 */
                static create(properties: weft.discovery.v1.TrafficCount.$Shape): weft.discovery.v1.TrafficCount & weft.discovery.v1.TrafficCount.$Shape;
                static create(properties?: weft.discovery.v1.TrafficCount.$Properties): weft.discovery.v1.TrafficCount;

                /**
                 * Encodes the specified TrafficCount message. Does not implicitly {@link weft.discovery.v1.TrafficCount.verify|verify} messages.
                 * @param message TrafficCount message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.TrafficCount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TrafficCount message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.TrafficCount & weft.discovery.v1.TrafficCount.$Shape} TrafficCount
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.TrafficCount & weft.discovery.v1.TrafficCount.$Shape;
            }

            namespace TrafficCount {

                /** Properties of a TrafficCount. */
                interface $Properties {

                    /** TrafficCount service */
                    service?: (string|null);

                    /** TrafficCount workload */
                    workload?: (string|null);

                    /** TrafficCount source */
                    source?: (string|null);

                    /** TrafficCount destination */
                    destination?: (string|null);

                    /** TrafficCount protocol */
                    protocol?: (string|null);

                    /** TrafficCount direction */
                    direction?: (string|null);

                    /** TrafficCount security */
                    security?: (string|null);

                    /** TrafficCount successes */
                    successes?: (number|null);

                    /** TrafficCount failures */
                    failures?: (number|null);

                    /** TrafficCount faults */
                    faults?: ({ [k: string]: number }|null);

                    /** TrafficCount retries */
                    retries?: (number|null);

                    /** TrafficCount bytesSent */
                    bytesSent?: (number|null);

                    /** TrafficCount bytesReceived */
                    bytesReceived?: (number|null);

                    /** TrafficCount connectionsOpened */
                    connectionsOpened?: (number|null);

                    /** TrafficCount connectionsOpen */
                    connectionsOpen?: (number|null);

                    /** TrafficCount latencyBuckets */
                    latencyBuckets?: ({ [k: string]: number }|null);

                    /** TrafficCount latencySumMs */
                    latencySumMs?: (number|null);

                    /** TrafficCount addedBuckets */
                    addedBuckets?: ({ [k: string]: number }|null);

                    /** TrafficCount addedSumMs */
                    addedSumMs?: (number|null);

                    /** TrafficCount addressed */
                    addressed?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TrafficCount. */
                type $Shape = weft.discovery.v1.TrafficCount.$Properties;
            }

            /**
             * Properties of a ReportSummary.
             * @deprecated Use weft.discovery.v1.ReportSummary.$Properties instead.
             */
            interface IReportSummary extends weft.discovery.v1.ReportSummary.$Properties {
            }

            /** Represents a ReportSummary. */
            class ReportSummary {

                /**
                 * Constructs a new ReportSummary.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.ReportSummary.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new ReportSummary instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ReportSummary instance
                 */
                static create(properties: weft.discovery.v1.ReportSummary.$Shape): weft.discovery.v1.ReportSummary & weft.discovery.v1.ReportSummary.$Shape;
                static create(properties?: weft.discovery.v1.ReportSummary.$Properties): weft.discovery.v1.ReportSummary;

                /**
                 * Encodes the specified ReportSummary message. Does not implicitly {@link weft.discovery.v1.ReportSummary.verify|verify} messages.
                 * @param message ReportSummary message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.ReportSummary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReportSummary message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ReportSummary & weft.discovery.v1.ReportSummary.$Shape} ReportSummary
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.ReportSummary & weft.discovery.v1.ReportSummary.$Shape;
            }

            namespace ReportSummary {

                /** Properties of a ReportSummary. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReportSummary. */
                type $Shape = weft.discovery.v1.ReportSummary.$Properties;
            }

            /**
             * Properties of a Service.
             * @deprecated Use weft.discovery.v1.Service.$Properties instead.
             */
            interface IService extends weft.discovery.v1.Service.$Properties {
            }

            /** Represents a Service. */
            class Service {

                /**
                 * Constructs a new Service.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Service.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Service namespace. */
                namespace: string;

                /** Service name. */
                name: string;

                /** Service address4. */
                address4: string;

                /** Service address6. */
                address6: string;

                /** Service ports. */
                ports: weft.discovery.v1.ServicePort.$Properties[];

                /** Service selector. */
                selector: { [k: string]: string };

                /** Service isHeadless. */
                isHeadless: boolean;

                /** Service publishNotReady. */
                publishNotReady: boolean;

                /** Service distribution. */
                distribution: string;

                /** Service isSticky. */
                isSticky: boolean;

                /** Service isMeshed. */
                isMeshed: boolean;

                /** Service webhookPorts. */
                webhookPorts: number[];

                /** Service endpoints. */
                endpoints: weft.discovery.v1.ServiceEndpoint.$Properties[];

                /** Service sharedAddresses. */
                sharedAddresses: string[];

                /**
                 * Creates a new Service instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Service instance
                 */
                static create(properties: weft.discovery.v1.Service.$Shape): weft.discovery.v1.Service & weft.discovery.v1.Service.$Shape;
                static create(properties?: weft.discovery.v1.Service.$Properties): weft.discovery.v1.Service;

                /**
                 * Encodes the specified Service message. Does not implicitly {@link weft.discovery.v1.Service.verify|verify} messages.
                 * @param message Service message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Service.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Service message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Service & weft.discovery.v1.Service.$Shape} Service
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Service & weft.discovery.v1.Service.$Shape;
            }

            namespace Service {

                /** Properties of a Service. */
                interface $Properties {

                    /** Service namespace */
                    namespace?: (string|null);

                    /** Service name */
                    name?: (string|null);

                    /** Service address4 */
                    address4?: (string|null);

                    /** Service address6 */
                    address6?: (string|null);

                    /** Service ports */
                    ports?: (weft.discovery.v1.ServicePort.$Properties[]|null);

                    /** Service selector */
                    selector?: ({ [k: string]: string }|null);

                    /** Service isHeadless */
                    isHeadless?: (boolean|null);

                    /** Service publishNotReady */
                    publishNotReady?: (boolean|null);

                    /** Service distribution */
                    distribution?: (string|null);

                    /** Service isSticky */
                    isSticky?: (boolean|null);

                    /** Service isMeshed */
                    isMeshed?: (boolean|null);

                    /** Service webhookPorts */
                    webhookPorts?: (number[]|null);

                    /** Service endpoints */
                    endpoints?: (weft.discovery.v1.ServiceEndpoint.$Properties[]|null);

                    /** Service sharedAddresses */
                    sharedAddresses?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Service. */
                type $Shape = weft.discovery.v1.Service.$Properties;
            }

            /**
             * Properties of a ServicePort.
             * @deprecated Use weft.discovery.v1.ServicePort.$Properties instead.
             */
            interface IServicePort extends weft.discovery.v1.ServicePort.$Properties {
            }

            /** Represents a ServicePort. */
            class ServicePort {

                /**
                 * Constructs a new ServicePort.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.ServicePort.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServicePort port. */
                port: number;

                /** ServicePort targetPort. */
                targetPort: number;

                /** ServicePort name. */
                name: string;

                /** ServicePort protocol. */
                protocol: string;

                /** ServicePort targetPortName. */
                targetPortName: string;

                /**
                 * Creates a new ServicePort instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServicePort instance
                 */
                static create(properties: weft.discovery.v1.ServicePort.$Shape): weft.discovery.v1.ServicePort & weft.discovery.v1.ServicePort.$Shape;
                static create(properties?: weft.discovery.v1.ServicePort.$Properties): weft.discovery.v1.ServicePort;

                /**
                 * Encodes the specified ServicePort message. Does not implicitly {@link weft.discovery.v1.ServicePort.verify|verify} messages.
                 * @param message ServicePort message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.ServicePort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServicePort message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ServicePort & weft.discovery.v1.ServicePort.$Shape} ServicePort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.ServicePort & weft.discovery.v1.ServicePort.$Shape;
            }

            namespace ServicePort {

                /** Properties of a ServicePort. */
                interface $Properties {

                    /** ServicePort port */
                    port?: (number|null);

                    /** ServicePort targetPort */
                    targetPort?: (number|null);

                    /** ServicePort name */
                    name?: (string|null);

                    /** ServicePort protocol */
                    protocol?: (string|null);

                    /** ServicePort targetPortName */
                    targetPortName?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ServicePort. */
                type $Shape = weft.discovery.v1.ServicePort.$Properties;
            }

            /**
             * Properties of a ServiceEndpoint.
             * @deprecated Use weft.discovery.v1.ServiceEndpoint.$Properties instead.
             */
            interface IServiceEndpoint extends weft.discovery.v1.ServiceEndpoint.$Properties {
            }

            /** Represents a ServiceEndpoint. */
            class ServiceEndpoint {

                /**
                 * Constructs a new ServiceEndpoint.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.ServiceEndpoint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServiceEndpoint address. */
                address: string;

                /** ServiceEndpoint port. */
                port: number;

                /** ServiceEndpoint portName. */
                portName: string;

                /** ServiceEndpoint state. */
                state: string;

                /** ServiceEndpoint node. */
                node: string;

                /** ServiceEndpoint region. */
                region: string;

                /** ServiceEndpoint zone. */
                zone: string;

                /**
                 * Creates a new ServiceEndpoint instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServiceEndpoint instance
                 */
                static create(properties: weft.discovery.v1.ServiceEndpoint.$Shape): weft.discovery.v1.ServiceEndpoint & weft.discovery.v1.ServiceEndpoint.$Shape;
                static create(properties?: weft.discovery.v1.ServiceEndpoint.$Properties): weft.discovery.v1.ServiceEndpoint;

                /**
                 * Encodes the specified ServiceEndpoint message. Does not implicitly {@link weft.discovery.v1.ServiceEndpoint.verify|verify} messages.
                 * @param message ServiceEndpoint message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.ServiceEndpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServiceEndpoint message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ServiceEndpoint & weft.discovery.v1.ServiceEndpoint.$Shape} ServiceEndpoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.ServiceEndpoint & weft.discovery.v1.ServiceEndpoint.$Shape;
            }

            namespace ServiceEndpoint {

                /** Properties of a ServiceEndpoint. */
                interface $Properties {

                    /** ServiceEndpoint address */
                    address?: (string|null);

                    /** ServiceEndpoint port */
                    port?: (number|null);

                    /** ServiceEndpoint portName */
                    portName?: (string|null);

                    /** ServiceEndpoint state */
                    state?: (string|null);

                    /** ServiceEndpoint node */
                    node?: (string|null);

                    /** ServiceEndpoint region */
                    region?: (string|null);

                    /** ServiceEndpoint zone */
                    zone?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ServiceEndpoint. */
                type $Shape = weft.discovery.v1.ServiceEndpoint.$Properties;
            }

            /**
             * Properties of a Workload.
             * @deprecated Use weft.discovery.v1.Workload.$Properties instead.
             */
            interface IWorkload extends weft.discovery.v1.Workload.$Properties {
            }

            /** Represents a Workload. */
            class Workload {

                /**
                 * Constructs a new Workload.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Workload.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Workload uid. */
                uid: string;

                /** Workload namespace. */
                namespace: string;

                /** Workload name. */
                name: string;

                /** Workload serviceAccount. */
                serviceAccount: string;

                /** Workload labels. */
                labels: { [k: string]: string };

                /** Workload node. */
                node: string;

                /** Workload address. */
                address: string;

                /** Workload hbonePort. */
                hbonePort: number;

                /** Workload ports. */
                ports: weft.discovery.v1.WorkloadPort.$Properties[];

                /** Workload networkMode. */
                networkMode: string;

                /** Workload cgroupPath. */
                cgroupPath: string;

                /** Workload netnsPath. */
                netnsPath: string;

                /** Workload allowPlaintext. */
                allowPlaintext: boolean;

                /** Workload publishPort. */
                publishPort: number;

                /** Workload state. */
                state: string;

                /** Workload address6. */
                address6: string;

                /** Workload plaintextPorts. */
                plaintextPorts: number[];

                /** Workload probes. */
                probes: weft.discovery.v1.Probe.$Properties[];

                /** Workload owner. */
                owner: string;

                /** Workload region. */
                region: string;

                /** Workload zone. */
                zone: string;

                /**
                 * Creates a new Workload instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Workload instance
                 */
                static create(properties: weft.discovery.v1.Workload.$Shape): weft.discovery.v1.Workload & weft.discovery.v1.Workload.$Shape;
                static create(properties?: weft.discovery.v1.Workload.$Properties): weft.discovery.v1.Workload;

                /**
                 * Encodes the specified Workload message. Does not implicitly {@link weft.discovery.v1.Workload.verify|verify} messages.
                 * @param message Workload message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Workload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Workload message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Workload & weft.discovery.v1.Workload.$Shape} Workload
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Workload & weft.discovery.v1.Workload.$Shape;
            }

            namespace Workload {

                /** Properties of a Workload. */
                interface $Properties {

                    /** Workload uid */
                    uid?: (string|null);

                    /** Workload namespace */
                    namespace?: (string|null);

                    /** Workload name */
                    name?: (string|null);

                    /** Workload serviceAccount */
                    serviceAccount?: (string|null);

                    /** Workload labels */
                    labels?: ({ [k: string]: string }|null);

                    /** Workload node */
                    node?: (string|null);

                    /** Workload address */
                    address?: (string|null);

                    /** Workload hbonePort */
                    hbonePort?: (number|null);

                    /** Workload ports */
                    ports?: (weft.discovery.v1.WorkloadPort.$Properties[]|null);

                    /** Workload networkMode */
                    networkMode?: (string|null);

                    /** Workload cgroupPath */
                    cgroupPath?: (string|null);

                    /** Workload netnsPath */
                    netnsPath?: (string|null);

                    /** Workload allowPlaintext */
                    allowPlaintext?: (boolean|null);

                    /** Workload publishPort */
                    publishPort?: (number|null);

                    /** Workload state */
                    state?: (string|null);

                    /** Workload address6 */
                    address6?: (string|null);

                    /** Workload plaintextPorts */
                    plaintextPorts?: (number[]|null);

                    /** Workload probes */
                    probes?: (weft.discovery.v1.Probe.$Properties[]|null);

                    /** Workload owner */
                    owner?: (string|null);

                    /** Workload region */
                    region?: (string|null);

                    /** Workload zone */
                    zone?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Workload. */
                type $Shape = weft.discovery.v1.Workload.$Properties;
            }

            /**
             * Properties of a WorkloadPort.
             * @deprecated Use weft.discovery.v1.WorkloadPort.$Properties instead.
             */
            interface IWorkloadPort extends weft.discovery.v1.WorkloadPort.$Properties {
            }

            /** Represents a WorkloadPort. */
            class WorkloadPort {

                /**
                 * Constructs a new WorkloadPort.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.WorkloadPort.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkloadPort port. */
                port: number;

                /** WorkloadPort protocol. */
                protocol: string;

                /** WorkloadPort name. */
                name: string;

                /**
                 * Creates a new WorkloadPort instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WorkloadPort instance
                 */
                static create(properties: weft.discovery.v1.WorkloadPort.$Shape): weft.discovery.v1.WorkloadPort & weft.discovery.v1.WorkloadPort.$Shape;
                static create(properties?: weft.discovery.v1.WorkloadPort.$Properties): weft.discovery.v1.WorkloadPort;

                /**
                 * Encodes the specified WorkloadPort message. Does not implicitly {@link weft.discovery.v1.WorkloadPort.verify|verify} messages.
                 * @param message WorkloadPort message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.WorkloadPort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkloadPort message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.WorkloadPort & weft.discovery.v1.WorkloadPort.$Shape} WorkloadPort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.WorkloadPort & weft.discovery.v1.WorkloadPort.$Shape;
            }

            namespace WorkloadPort {

                /** Properties of a WorkloadPort. */
                interface $Properties {

                    /** WorkloadPort port */
                    port?: (number|null);

                    /** WorkloadPort protocol */
                    protocol?: (string|null);

                    /** WorkloadPort name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkloadPort. */
                type $Shape = weft.discovery.v1.WorkloadPort.$Properties;
            }

            /**
             * Properties of a Probe.
             * @deprecated Use weft.discovery.v1.Probe.$Properties instead.
             */
            interface IProbe extends weft.discovery.v1.Probe.$Properties {
            }

            /** Represents a Probe. */
            class Probe {

                /**
                 * Constructs a new Probe.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Probe.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Probe type. */
                type: string;

                /** Probe port. */
                port: number;

                /** Probe path. */
                path: string;

                /**
                 * Creates a new Probe instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Probe instance
                 */
                static create(properties: weft.discovery.v1.Probe.$Shape): weft.discovery.v1.Probe & weft.discovery.v1.Probe.$Shape;
                static create(properties?: weft.discovery.v1.Probe.$Properties): weft.discovery.v1.Probe;

                /**
                 * Encodes the specified Probe message. Does not implicitly {@link weft.discovery.v1.Probe.verify|verify} messages.
                 * @param message Probe message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Probe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Probe message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Probe & weft.discovery.v1.Probe.$Shape} Probe
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Probe & weft.discovery.v1.Probe.$Shape;
            }

            namespace Probe {

                /** Properties of a Probe. */
                interface $Properties {

                    /** Probe type */
                    type?: (string|null);

                    /** Probe port */
                    port?: (number|null);

                    /** Probe path */
                    path?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Probe. */
                type $Shape = weft.discovery.v1.Probe.$Properties;
            }

            /**
             * Properties of a Route.
             * @deprecated Use weft.discovery.v1.Route.$Properties instead.
             */
            interface IRoute extends weft.discovery.v1.Route.$Properties {
            }

            /** Represents a Route. */
            class Route {

                /**
                 * Constructs a new Route.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Route.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Route service. */
                service: string;

                /** Route port. */
                port: number;

                /** Route rules. */
                rules: weft.discovery.v1.RouteRule.$Properties[];

                /** Route clientNamespace. */
                clientNamespace: string;

                /** Route relay. */
                relay?: (weft.discovery.v1.ConnectionRule.$Properties|null);

                /**
                 * Creates a new Route instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Route instance
                 */
                static create(properties: weft.discovery.v1.Route.$Shape): weft.discovery.v1.Route & weft.discovery.v1.Route.$Shape;
                static create(properties?: weft.discovery.v1.Route.$Properties): weft.discovery.v1.Route;

                /**
                 * Encodes the specified Route message. Does not implicitly {@link weft.discovery.v1.Route.verify|verify} messages.
                 * @param message Route message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Route.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Route message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Route & weft.discovery.v1.Route.$Shape} Route
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Route & weft.discovery.v1.Route.$Shape;
            }

            namespace Route {

                /** Properties of a Route. */
                interface $Properties {

                    /** Route service */
                    service?: (string|null);

                    /** Route port */
                    port?: (number|null);

                    /** Route rules */
                    rules?: (weft.discovery.v1.RouteRule.$Properties[]|null);

                    /** Route clientNamespace */
                    clientNamespace?: (string|null);

                    /** Route relay */
                    relay?: (weft.discovery.v1.ConnectionRule.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Route. */
                type $Shape = weft.discovery.v1.Route.$Properties;
            }

            /**
             * Properties of a ConnectionRule.
             * @deprecated Use weft.discovery.v1.ConnectionRule.$Properties instead.
             */
            interface IConnectionRule extends weft.discovery.v1.ConnectionRule.$Properties {
            }

            /** Represents a ConnectionRule. */
            class ConnectionRule {

                /**
                 * Constructs a new ConnectionRule.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.ConnectionRule.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ConnectionRule name. */
                name: string;

                /** ConnectionRule backends. */
                backends: weft.discovery.v1.WeightedBackend.$Properties[];

                /**
                 * Creates a new ConnectionRule instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ConnectionRule instance
                 */
                static create(properties: weft.discovery.v1.ConnectionRule.$Shape): weft.discovery.v1.ConnectionRule & weft.discovery.v1.ConnectionRule.$Shape;
                static create(properties?: weft.discovery.v1.ConnectionRule.$Properties): weft.discovery.v1.ConnectionRule;

                /**
                 * Encodes the specified ConnectionRule message. Does not implicitly {@link weft.discovery.v1.ConnectionRule.verify|verify} messages.
                 * @param message ConnectionRule message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.ConnectionRule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ConnectionRule message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ConnectionRule & weft.discovery.v1.ConnectionRule.$Shape} ConnectionRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.ConnectionRule & weft.discovery.v1.ConnectionRule.$Shape;
            }

            namespace ConnectionRule {

                /** Properties of a ConnectionRule. */
                interface $Properties {

                    /** ConnectionRule name */
                    name?: (string|null);

                    /** ConnectionRule backends */
                    backends?: (weft.discovery.v1.WeightedBackend.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ConnectionRule. */
                type $Shape = weft.discovery.v1.ConnectionRule.$Properties;
            }

            /**
             * Properties of a RouteRule.
             * @deprecated Use weft.discovery.v1.RouteRule.$Properties instead.
             */
            interface IRouteRule extends weft.discovery.v1.RouteRule.$Properties {
            }

            /** Represents a RouteRule. */
            class RouteRule {

                /**
                 * Constructs a new RouteRule.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.RouteRule.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RouteRule name. */
                name: string;

                /** RouteRule matches. */
                matches: weft.discovery.v1.RouteMatch.$Properties[];

                /** RouteRule requestHeaders. */
                requestHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                /** RouteRule replyHeaders. */
                replyHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                /** RouteRule backends. */
                backends: weft.discovery.v1.WeightedBackend.$Properties[];

                /** RouteRule requestTimeoutMs. */
                requestTimeoutMs: number;

                /** RouteRule attemptTimeoutMs. */
                attemptTimeoutMs: number;

                /** RouteRule retry. */
                retry?: (weft.discovery.v1.RetryPolicy.$Properties|null);

                /** RouteRule redirect. */
                redirect?: (weft.discovery.v1.Redirect.$Properties|null);

                /** RouteRule rewrite. */
                rewrite?: (weft.discovery.v1.Rewrite.$Properties|null);

                /** RouteRule mirrors. */
                mirrors: weft.discovery.v1.Mirror.$Properties[];

                /**
                 * Creates a new RouteRule instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RouteRule instance
                 */
                static create(properties: weft.discovery.v1.RouteRule.$Shape): weft.discovery.v1.RouteRule & weft.discovery.v1.RouteRule.$Shape;
                static create(properties?: weft.discovery.v1.RouteRule.$Properties): weft.discovery.v1.RouteRule;

                /**
                 * Encodes the specified RouteRule message. Does not implicitly {@link weft.discovery.v1.RouteRule.verify|verify} messages.
                 * @param message RouteRule message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.RouteRule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RouteRule message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.RouteRule & weft.discovery.v1.RouteRule.$Shape} RouteRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.RouteRule & weft.discovery.v1.RouteRule.$Shape;
            }

            namespace RouteRule {

                /** Properties of a RouteRule. */
                interface $Properties {

                    /** RouteRule name */
                    name?: (string|null);

                    /** RouteRule matches */
                    matches?: (weft.discovery.v1.RouteMatch.$Properties[]|null);

                    /** RouteRule requestHeaders */
                    requestHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                    /** RouteRule replyHeaders */
                    replyHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                    /** RouteRule backends */
                    backends?: (weft.discovery.v1.WeightedBackend.$Properties[]|null);

                    /** RouteRule requestTimeoutMs */
                    requestTimeoutMs?: (number|null);

                    /** RouteRule attemptTimeoutMs */
                    attemptTimeoutMs?: (number|null);

                    /** RouteRule retry */
                    retry?: (weft.discovery.v1.RetryPolicy.$Properties|null);

                    /** RouteRule redirect */
                    redirect?: (weft.discovery.v1.Redirect.$Properties|null);

                    /** RouteRule rewrite */
                    rewrite?: (weft.discovery.v1.Rewrite.$Properties|null);

                    /** RouteRule mirrors */
                    mirrors?: (weft.discovery.v1.Mirror.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RouteRule. */
                type $Shape = weft.discovery.v1.RouteRule.$Properties;
            }

            /**
             * Properties of a Redirect.
             * @deprecated Use weft.discovery.v1.Redirect.$Properties instead.
             */
            interface IRedirect extends weft.discovery.v1.Redirect.$Properties {
            }

            /** Represents a Redirect. */
            class Redirect {

                /**
                 * Constructs a new Redirect.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Redirect.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Redirect scheme. */
                scheme: string;

                /** Redirect hostname. */
                hostname: string;

                /** Redirect port. */
                port: number;

                /** Redirect path. */
                path?: (weft.discovery.v1.PathChange.$Properties|null);

                /** Redirect status. */
                status: number;

                /**
                 * Creates a new Redirect instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Redirect instance
                 */
                static create(properties: weft.discovery.v1.Redirect.$Shape): weft.discovery.v1.Redirect & weft.discovery.v1.Redirect.$Shape;
                static create(properties?: weft.discovery.v1.Redirect.$Properties): weft.discovery.v1.Redirect;

                /**
                 * Encodes the specified Redirect message. Does not implicitly {@link weft.discovery.v1.Redirect.verify|verify} messages.
                 * @param message Redirect message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Redirect.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Redirect message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Redirect & weft.discovery.v1.Redirect.$Shape} Redirect
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Redirect & weft.discovery.v1.Redirect.$Shape;
            }

            namespace Redirect {

                /** Properties of a Redirect. */
                interface $Properties {

                    /** Redirect scheme */
                    scheme?: (string|null);

                    /** Redirect hostname */
                    hostname?: (string|null);

                    /** Redirect port */
                    port?: (number|null);

                    /** Redirect path */
                    path?: (weft.discovery.v1.PathChange.$Properties|null);

                    /** Redirect status */
                    status?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Redirect. */
                type $Shape = weft.discovery.v1.Redirect.$Properties;
            }

            /**
             * Properties of a Rewrite.
             * @deprecated Use weft.discovery.v1.Rewrite.$Properties instead.
             */
            interface IRewrite extends weft.discovery.v1.Rewrite.$Properties {
            }

            /** Represents a Rewrite. */
            class Rewrite {

                /**
                 * Constructs a new Rewrite.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Rewrite.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Rewrite hostname. */
                hostname: string;

                /** Rewrite path. */
                path?: (weft.discovery.v1.PathChange.$Properties|null);

                /**
                 * Creates a new Rewrite instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Rewrite instance
                 */
                static create(properties: weft.discovery.v1.Rewrite.$Shape): weft.discovery.v1.Rewrite & weft.discovery.v1.Rewrite.$Shape;
                static create(properties?: weft.discovery.v1.Rewrite.$Properties): weft.discovery.v1.Rewrite;

                /**
                 * Encodes the specified Rewrite message. Does not implicitly {@link weft.discovery.v1.Rewrite.verify|verify} messages.
                 * @param message Rewrite message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Rewrite.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Rewrite message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Rewrite & weft.discovery.v1.Rewrite.$Shape} Rewrite
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Rewrite & weft.discovery.v1.Rewrite.$Shape;
            }

            namespace Rewrite {

                /** Properties of a Rewrite. */
                interface $Properties {

                    /** Rewrite hostname */
                    hostname?: (string|null);

                    /** Rewrite path */
                    path?: (weft.discovery.v1.PathChange.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Rewrite. */
                type $Shape = weft.discovery.v1.Rewrite.$Properties;
            }

            /**
             * Properties of a PathChange.
             * @deprecated Use weft.discovery.v1.PathChange.$Properties instead.
             */
            interface IPathChange extends weft.discovery.v1.PathChange.$Properties {
            }

            /** Represents a PathChange. */
            class PathChange {

                /**
                 * Constructs a new PathChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.PathChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PathChange type. */
                type: string;

                /** PathChange value. */
                value: string;

                /**
                 * Creates a new PathChange instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PathChange instance
                 */
                static create(properties: weft.discovery.v1.PathChange.$Shape): weft.discovery.v1.PathChange & weft.discovery.v1.PathChange.$Shape;
                static create(properties?: weft.discovery.v1.PathChange.$Properties): weft.discovery.v1.PathChange;

                /**
                 * Encodes the specified PathChange message. Does not implicitly {@link weft.discovery.v1.PathChange.verify|verify} messages.
                 * @param message PathChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.PathChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PathChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.PathChange & weft.discovery.v1.PathChange.$Shape} PathChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.PathChange & weft.discovery.v1.PathChange.$Shape;
            }

            namespace PathChange {

                /** Properties of a PathChange. */
                interface $Properties {

                    /** PathChange type */
                    type?: (string|null);

                    /** PathChange value */
                    value?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PathChange. */
                type $Shape = weft.discovery.v1.PathChange.$Properties;
            }

            /**
             * Properties of a Mirror.
             * @deprecated Use weft.discovery.v1.Mirror.$Properties instead.
             */
            interface IMirror extends weft.discovery.v1.Mirror.$Properties {
            }

            /** Represents a Mirror. */
            class Mirror {

                /**
                 * Constructs a new Mirror.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Mirror.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Mirror service. */
                service: string;

                /** Mirror port. */
                port: number;

                /** Mirror ratio. */
                ratio: number;

                /**
                 * Creates a new Mirror instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Mirror instance
                 */
                static create(properties: weft.discovery.v1.Mirror.$Shape): weft.discovery.v1.Mirror & weft.discovery.v1.Mirror.$Shape;
                static create(properties?: weft.discovery.v1.Mirror.$Properties): weft.discovery.v1.Mirror;

                /**
                 * Encodes the specified Mirror message. Does not implicitly {@link weft.discovery.v1.Mirror.verify|verify} messages.
                 * @param message Mirror message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Mirror.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Mirror message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Mirror & weft.discovery.v1.Mirror.$Shape} Mirror
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Mirror & weft.discovery.v1.Mirror.$Shape;
            }

            namespace Mirror {

                /** Properties of a Mirror. */
                interface $Properties {

                    /** Mirror service */
                    service?: (string|null);

                    /** Mirror port */
                    port?: (number|null);

                    /** Mirror ratio */
                    ratio?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Mirror. */
                type $Shape = weft.discovery.v1.Mirror.$Properties;
            }

            /**
             * Properties of a RouteMatch.
             * @deprecated Use weft.discovery.v1.RouteMatch.$Properties instead.
             */
            interface IRouteMatch extends weft.discovery.v1.RouteMatch.$Properties {
            }

            /** Represents a RouteMatch. */
            class RouteMatch {

                /**
                 * Constructs a new RouteMatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.RouteMatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RouteMatch path. */
                path?: (weft.discovery.v1.StringMatch.$Properties|null);

                /** RouteMatch method. */
                method: string;

                /** RouteMatch headers. */
                headers: weft.discovery.v1.NamedMatch.$Properties[];

                /** RouteMatch query. */
                query: weft.discovery.v1.NamedMatch.$Properties[];

                /**
                 * Creates a new RouteMatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RouteMatch instance
                 */
                static create(properties: weft.discovery.v1.RouteMatch.$Shape): weft.discovery.v1.RouteMatch & weft.discovery.v1.RouteMatch.$Shape;
                static create(properties?: weft.discovery.v1.RouteMatch.$Properties): weft.discovery.v1.RouteMatch;

                /**
                 * Encodes the specified RouteMatch message. Does not implicitly {@link weft.discovery.v1.RouteMatch.verify|verify} messages.
                 * @param message RouteMatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.RouteMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RouteMatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.RouteMatch & weft.discovery.v1.RouteMatch.$Shape} RouteMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.RouteMatch & weft.discovery.v1.RouteMatch.$Shape;
            }

            namespace RouteMatch {

                /** Properties of a RouteMatch. */
                interface $Properties {

                    /** RouteMatch path */
                    path?: (weft.discovery.v1.StringMatch.$Properties|null);

                    /** RouteMatch method */
                    method?: (string|null);

                    /** RouteMatch headers */
                    headers?: (weft.discovery.v1.NamedMatch.$Properties[]|null);

                    /** RouteMatch query */
                    query?: (weft.discovery.v1.NamedMatch.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RouteMatch. */
                type $Shape = weft.discovery.v1.RouteMatch.$Properties;
            }

            /**
             * Properties of a StringMatch.
             * @deprecated Use weft.discovery.v1.StringMatch.$Properties instead.
             */
            interface IStringMatch extends weft.discovery.v1.StringMatch.$Properties {
            }

            /** Represents a StringMatch. */
            class StringMatch {

                /**
                 * Constructs a new StringMatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.StringMatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StringMatch type. */
                type: string;

                /** StringMatch value. */
                value: string;

                /**
                 * Creates a new StringMatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StringMatch instance
                 */
                static create(properties: weft.discovery.v1.StringMatch.$Shape): weft.discovery.v1.StringMatch & weft.discovery.v1.StringMatch.$Shape;
                static create(properties?: weft.discovery.v1.StringMatch.$Properties): weft.discovery.v1.StringMatch;

                /**
                 * Encodes the specified StringMatch message. Does not implicitly {@link weft.discovery.v1.StringMatch.verify|verify} messages.
                 * @param message StringMatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.StringMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StringMatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.StringMatch & weft.discovery.v1.StringMatch.$Shape} StringMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.StringMatch & weft.discovery.v1.StringMatch.$Shape;
            }

            namespace StringMatch {

                /** Properties of a StringMatch. */
                interface $Properties {

                    /** StringMatch type */
                    type?: (string|null);

                    /** StringMatch value */
                    value?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StringMatch. */
                type $Shape = weft.discovery.v1.StringMatch.$Properties;
            }

            /**
             * Properties of a NamedMatch.
             * @deprecated Use weft.discovery.v1.NamedMatch.$Properties instead.
             */
            interface INamedMatch extends weft.discovery.v1.NamedMatch.$Properties {
            }

            /** Represents a NamedMatch. */
            class NamedMatch {

                /**
                 * Constructs a new NamedMatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.NamedMatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NamedMatch name. */
                name: string;

                /** NamedMatch value. */
                value?: (weft.discovery.v1.StringMatch.$Properties|null);

                /**
                 * Creates a new NamedMatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns NamedMatch instance
                 */
                static create(properties: weft.discovery.v1.NamedMatch.$Shape): weft.discovery.v1.NamedMatch & weft.discovery.v1.NamedMatch.$Shape;
                static create(properties?: weft.discovery.v1.NamedMatch.$Properties): weft.discovery.v1.NamedMatch;

                /**
                 * Encodes the specified NamedMatch message. Does not implicitly {@link weft.discovery.v1.NamedMatch.verify|verify} messages.
                 * @param message NamedMatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.NamedMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NamedMatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.NamedMatch & weft.discovery.v1.NamedMatch.$Shape} NamedMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.NamedMatch & weft.discovery.v1.NamedMatch.$Shape;
            }

            namespace NamedMatch {

                /** Properties of a NamedMatch. */
                interface $Properties {

                    /** NamedMatch name */
                    name?: (string|null);

                    /** NamedMatch value */
                    value?: (weft.discovery.v1.StringMatch.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NamedMatch. */
                type $Shape = weft.discovery.v1.NamedMatch.$Properties;
            }

            /**
             * Properties of a HeaderChange.
             * @deprecated Use weft.discovery.v1.HeaderChange.$Properties instead.
             */
            interface IHeaderChange extends weft.discovery.v1.HeaderChange.$Properties {
            }

            /** Represents a HeaderChange. */
            class HeaderChange {

                /**
                 * Constructs a new HeaderChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.HeaderChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HeaderChange set. */
                set: weft.discovery.v1.Header.$Properties[];

                /** HeaderChange add. */
                add: weft.discovery.v1.Header.$Properties[];

                /** HeaderChange remove. */
                remove: string[];

                /**
                 * Creates a new HeaderChange instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns HeaderChange instance
                 */
                static create(properties: weft.discovery.v1.HeaderChange.$Shape): weft.discovery.v1.HeaderChange & weft.discovery.v1.HeaderChange.$Shape;
                static create(properties?: weft.discovery.v1.HeaderChange.$Properties): weft.discovery.v1.HeaderChange;

                /**
                 * Encodes the specified HeaderChange message. Does not implicitly {@link weft.discovery.v1.HeaderChange.verify|verify} messages.
                 * @param message HeaderChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.HeaderChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HeaderChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.HeaderChange & weft.discovery.v1.HeaderChange.$Shape} HeaderChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.HeaderChange & weft.discovery.v1.HeaderChange.$Shape;
            }

            namespace HeaderChange {

                /** Properties of a HeaderChange. */
                interface $Properties {

                    /** HeaderChange set */
                    set?: (weft.discovery.v1.Header.$Properties[]|null);

                    /** HeaderChange add */
                    add?: (weft.discovery.v1.Header.$Properties[]|null);

                    /** HeaderChange remove */
                    remove?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HeaderChange. */
                type $Shape = weft.discovery.v1.HeaderChange.$Properties;
            }

            /**
             * Properties of a Header.
             * @deprecated Use weft.discovery.v1.Header.$Properties instead.
             */
            interface IHeader extends weft.discovery.v1.Header.$Properties {
            }

            /** Represents a Header. */
            class Header {

                /**
                 * Constructs a new Header.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.Header.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Header name. */
                name: string;

                /** Header value. */
                value: string;

                /**
                 * Creates a new Header instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Header instance
                 */
                static create(properties: weft.discovery.v1.Header.$Shape): weft.discovery.v1.Header & weft.discovery.v1.Header.$Shape;
                static create(properties?: weft.discovery.v1.Header.$Properties): weft.discovery.v1.Header;

                /**
                 * Encodes the specified Header message. Does not implicitly {@link weft.discovery.v1.Header.verify|verify} messages.
                 * @param message Header message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.Header.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Header message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.Header & weft.discovery.v1.Header.$Shape} Header
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.Header & weft.discovery.v1.Header.$Shape;
            }

            namespace Header {

                /** Properties of a Header. */
                interface $Properties {

                    /** Header name */
                    name?: (string|null);

                    /** Header value */
                    value?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Header. */
                type $Shape = weft.discovery.v1.Header.$Properties;
            }

            /**
             * Properties of a WeightedBackend.
             * @deprecated Use weft.discovery.v1.WeightedBackend.$Properties instead.
             */
            interface IWeightedBackend extends weft.discovery.v1.WeightedBackend.$Properties {
            }

            /** Represents a WeightedBackend. */
            class WeightedBackend {

                /**
                 * Constructs a new WeightedBackend.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.WeightedBackend.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WeightedBackend service. */
                service: string;

                /** WeightedBackend port. */
                port: number;

                /** WeightedBackend weight. */
                weight: number;

                /** WeightedBackend requestHeaders. */
                requestHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                /** WeightedBackend replyHeaders. */
                replyHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                /**
                 * Creates a new WeightedBackend instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WeightedBackend instance
                 */
                static create(properties: weft.discovery.v1.WeightedBackend.$Shape): weft.discovery.v1.WeightedBackend & weft.discovery.v1.WeightedBackend.$Shape;
                static create(properties?: weft.discovery.v1.WeightedBackend.$Properties): weft.discovery.v1.WeightedBackend;

                /**
                 * Encodes the specified WeightedBackend message. Does not implicitly {@link weft.discovery.v1.WeightedBackend.verify|verify} messages.
                 * @param message WeightedBackend message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.WeightedBackend.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WeightedBackend message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.WeightedBackend & weft.discovery.v1.WeightedBackend.$Shape} WeightedBackend
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.WeightedBackend & weft.discovery.v1.WeightedBackend.$Shape;
            }

            namespace WeightedBackend {

                /** Properties of a WeightedBackend. */
                interface $Properties {

                    /** WeightedBackend service */
                    service?: (string|null);

                    /** WeightedBackend port */
                    port?: (number|null);

                    /** WeightedBackend weight */
                    weight?: (number|null);

                    /** WeightedBackend requestHeaders */
                    requestHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                    /** WeightedBackend replyHeaders */
                    replyHeaders?: (weft.discovery.v1.HeaderChange.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WeightedBackend. */
                type $Shape = weft.discovery.v1.WeightedBackend.$Properties;
            }

            /**
             * Properties of a RetryPolicy.
             * @deprecated Use weft.discovery.v1.RetryPolicy.$Properties instead.
             */
            interface IRetryPolicy extends weft.discovery.v1.RetryPolicy.$Properties {
            }

            /** Represents a RetryPolicy. */
            class RetryPolicy {

                /**
                 * Constructs a new RetryPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.RetryPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RetryPolicy attemptsMax. */
                attemptsMax: number;

                /** RetryPolicy statusCodes. */
                statusCodes: number[];

                /** RetryPolicy backoffBaseMs. */
                backoffBaseMs: number;

                /** RetryPolicy backoffMaxMs. */
                backoffMaxMs: number;

                /**
                 * Creates a new RetryPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RetryPolicy instance
                 */
                static create(properties: weft.discovery.v1.RetryPolicy.$Shape): weft.discovery.v1.RetryPolicy & weft.discovery.v1.RetryPolicy.$Shape;
                static create(properties?: weft.discovery.v1.RetryPolicy.$Properties): weft.discovery.v1.RetryPolicy;

                /**
                 * Encodes the specified RetryPolicy message. Does not implicitly {@link weft.discovery.v1.RetryPolicy.verify|verify} messages.
                 * @param message RetryPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.RetryPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RetryPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.RetryPolicy & weft.discovery.v1.RetryPolicy.$Shape} RetryPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.RetryPolicy & weft.discovery.v1.RetryPolicy.$Shape;
            }

            namespace RetryPolicy {

                /** Properties of a RetryPolicy. */
                interface $Properties {

                    /** RetryPolicy attemptsMax */
                    attemptsMax?: (number|null);

                    /** RetryPolicy statusCodes */
                    statusCodes?: (number[]|null);

                    /** RetryPolicy backoffBaseMs */
                    backoffBaseMs?: (number|null);

                    /** RetryPolicy backoffMaxMs */
                    backoffMaxMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RetryPolicy. */
                type $Shape = weft.discovery.v1.RetryPolicy.$Properties;
            }

            /**
             * Properties of a TrafficPolicy.
             * @deprecated Use weft.discovery.v1.TrafficPolicy.$Properties instead.
             */
            interface ITrafficPolicy extends weft.discovery.v1.TrafficPolicy.$Properties {
            }

            /** Represents a TrafficPolicy. */
            class TrafficPolicy {

                /**
                 * Constructs a new TrafficPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.TrafficPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** TrafficPolicy name. */
                name: string;

                /** TrafficPolicy service. */
                service: string;

                /** TrafficPolicy balancer. */
                balancer: string;

                /** TrafficPolicy ewmaDecayMs. */
                ewmaDecayMs: number;

                /** TrafficPolicy ewmaDefaultRttMs. */
                ewmaDefaultRttMs: number;

                /** TrafficPolicy connectTimeoutMs. */
                connectTimeoutMs: number;

                /** TrafficPolicy requestTimeoutMs. */
                requestTimeoutMs: number;

                /** TrafficPolicy idleTimeoutMs. */
                idleTimeoutMs: number;

                /** TrafficPolicy retry. */
                retry?: (weft.discovery.v1.RetryPolicy.$Properties|null);

                /** TrafficPolicy retryBudgetRatio. */
                retryBudgetRatio: number;

                /** TrafficPolicy retryBudgetPerSecond. */
                retryBudgetPerSecond: number;

                /** TrafficPolicy retryBudgetWindowMs. */
                retryBudgetWindowMs: number;

                /** TrafficPolicy connectionsMax. */
                connectionsMax: number;

                /** TrafficPolicy pendingMax. */
                pendingMax: number;

                /** TrafficPolicy outlier. */
                outlier?: (weft.discovery.v1.OutlierPolicy.$Properties|null);

                /** TrafficPolicy choices. */
                choices: number;

                /** TrafficPolicy hashKeys. */
                hashKeys: weft.discovery.v1.HashKey.$Properties[];

                /** TrafficPolicy subset. */
                subset?: (weft.discovery.v1.SubsetPolicy.$Properties|null);

                /** TrafficPolicy zone. */
                zone?: (weft.discovery.v1.ZonePolicy.$Properties|null);

                /** TrafficPolicy overprovisioning. */
                overprovisioning: number;

                /** TrafficPolicy slowStart. */
                slowStart?: (weft.discovery.v1.SlowStartPolicy.$Properties|null);

                /** TrafficPolicy requestsMax. */
                requestsMax: number;

                /** TrafficPolicy streamsMax. */
                streamsMax: number;

                /** TrafficPolicy requestsPerConnectionMax. */
                requestsPerConnectionMax: number;

                /** TrafficPolicy warmConnections. */
                warmConnections: number;

                /** TrafficPolicy connectionAgeMaxMs. */
                connectionAgeMaxMs: number;

                /**
                 * Creates a new TrafficPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns TrafficPolicy instance
                 */
                static create(properties: weft.discovery.v1.TrafficPolicy.$Shape): weft.discovery.v1.TrafficPolicy & weft.discovery.v1.TrafficPolicy.$Shape;
                static create(properties?: weft.discovery.v1.TrafficPolicy.$Properties): weft.discovery.v1.TrafficPolicy;

                /**
                 * Encodes the specified TrafficPolicy message. Does not implicitly {@link weft.discovery.v1.TrafficPolicy.verify|verify} messages.
                 * @param message TrafficPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.TrafficPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a TrafficPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.TrafficPolicy & weft.discovery.v1.TrafficPolicy.$Shape} TrafficPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.TrafficPolicy & weft.discovery.v1.TrafficPolicy.$Shape;
            }

            namespace TrafficPolicy {

                /** Properties of a TrafficPolicy. */
                interface $Properties {

                    /** TrafficPolicy name */
                    name?: (string|null);

                    /** TrafficPolicy service */
                    service?: (string|null);

                    /** TrafficPolicy balancer */
                    balancer?: (string|null);

                    /** TrafficPolicy ewmaDecayMs */
                    ewmaDecayMs?: (number|null);

                    /** TrafficPolicy ewmaDefaultRttMs */
                    ewmaDefaultRttMs?: (number|null);

                    /** TrafficPolicy connectTimeoutMs */
                    connectTimeoutMs?: (number|null);

                    /** TrafficPolicy requestTimeoutMs */
                    requestTimeoutMs?: (number|null);

                    /** TrafficPolicy idleTimeoutMs */
                    idleTimeoutMs?: (number|null);

                    /** TrafficPolicy retry */
                    retry?: (weft.discovery.v1.RetryPolicy.$Properties|null);

                    /** TrafficPolicy retryBudgetRatio */
                    retryBudgetRatio?: (number|null);

                    /** TrafficPolicy retryBudgetPerSecond */
                    retryBudgetPerSecond?: (number|null);

                    /** TrafficPolicy retryBudgetWindowMs */
                    retryBudgetWindowMs?: (number|null);

                    /** TrafficPolicy connectionsMax */
                    connectionsMax?: (number|null);

                    /** TrafficPolicy pendingMax */
                    pendingMax?: (number|null);

                    /** TrafficPolicy outlier */
                    outlier?: (weft.discovery.v1.OutlierPolicy.$Properties|null);

                    /** TrafficPolicy choices */
                    choices?: (number|null);

                    /** TrafficPolicy hashKeys */
                    hashKeys?: (weft.discovery.v1.HashKey.$Properties[]|null);

                    /** TrafficPolicy subset */
                    subset?: (weft.discovery.v1.SubsetPolicy.$Properties|null);

                    /** TrafficPolicy zone */
                    zone?: (weft.discovery.v1.ZonePolicy.$Properties|null);

                    /** TrafficPolicy overprovisioning */
                    overprovisioning?: (number|null);

                    /** TrafficPolicy slowStart */
                    slowStart?: (weft.discovery.v1.SlowStartPolicy.$Properties|null);

                    /** TrafficPolicy requestsMax */
                    requestsMax?: (number|null);

                    /** TrafficPolicy streamsMax */
                    streamsMax?: (number|null);

                    /** TrafficPolicy requestsPerConnectionMax */
                    requestsPerConnectionMax?: (number|null);

                    /** TrafficPolicy warmConnections */
                    warmConnections?: (number|null);

                    /** TrafficPolicy connectionAgeMaxMs */
                    connectionAgeMaxMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a TrafficPolicy. */
                type $Shape = weft.discovery.v1.TrafficPolicy.$Properties;
            }

            /**
             * Properties of a HashKey.
             * @deprecated Use weft.discovery.v1.HashKey.$Properties instead.
             */
            interface IHashKey extends weft.discovery.v1.HashKey.$Properties {
            }

            /** Represents a HashKey. */
            class HashKey {

                /**
                 * Constructs a new HashKey.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.HashKey.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HashKey type. */
                type: string;

                /** HashKey name. */
                name: string;

                /** HashKey path. */
                path: string;

                /** HashKey ttlMs. */
                ttlMs: number;

                /**
                 * Creates a new HashKey instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns HashKey instance
                 */
                static create(properties: weft.discovery.v1.HashKey.$Shape): weft.discovery.v1.HashKey & weft.discovery.v1.HashKey.$Shape;
                static create(properties?: weft.discovery.v1.HashKey.$Properties): weft.discovery.v1.HashKey;

                /**
                 * Encodes the specified HashKey message. Does not implicitly {@link weft.discovery.v1.HashKey.verify|verify} messages.
                 * @param message HashKey message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.HashKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HashKey message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.HashKey & weft.discovery.v1.HashKey.$Shape} HashKey
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.HashKey & weft.discovery.v1.HashKey.$Shape;
            }

            namespace HashKey {

                /** Properties of a HashKey. */
                interface $Properties {

                    /** HashKey type */
                    type?: (string|null);

                    /** HashKey name */
                    name?: (string|null);

                    /** HashKey path */
                    path?: (string|null);

                    /** HashKey ttlMs */
                    ttlMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HashKey. */
                type $Shape = weft.discovery.v1.HashKey.$Properties;
            }

            /**
             * Properties of a SubsetPolicy.
             * @deprecated Use weft.discovery.v1.SubsetPolicy.$Properties instead.
             */
            interface ISubsetPolicy extends weft.discovery.v1.SubsetPolicy.$Properties {
            }

            /** Represents a SubsetPolicy. */
            class SubsetPolicy {

                /**
                 * Constructs a new SubsetPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.SubsetPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SubsetPolicy type. */
                type: string;

                /** SubsetPolicy size. */
                size: number;

                /**
                 * Creates a new SubsetPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SubsetPolicy instance
                 */
                static create(properties: weft.discovery.v1.SubsetPolicy.$Shape): weft.discovery.v1.SubsetPolicy & weft.discovery.v1.SubsetPolicy.$Shape;
                static create(properties?: weft.discovery.v1.SubsetPolicy.$Properties): weft.discovery.v1.SubsetPolicy;

                /**
                 * Encodes the specified SubsetPolicy message. Does not implicitly {@link weft.discovery.v1.SubsetPolicy.verify|verify} messages.
                 * @param message SubsetPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.SubsetPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SubsetPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SubsetPolicy & weft.discovery.v1.SubsetPolicy.$Shape} SubsetPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.SubsetPolicy & weft.discovery.v1.SubsetPolicy.$Shape;
            }

            namespace SubsetPolicy {

                /** Properties of a SubsetPolicy. */
                interface $Properties {

                    /** SubsetPolicy type */
                    type?: (string|null);

                    /** SubsetPolicy size */
                    size?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SubsetPolicy. */
                type $Shape = weft.discovery.v1.SubsetPolicy.$Properties;
            }

            /**
             * Properties of a ZonePolicy.
             * @deprecated Use weft.discovery.v1.ZonePolicy.$Properties instead.
             */
            interface IZonePolicy extends weft.discovery.v1.ZonePolicy.$Properties {
            }

            /** Represents a ZonePolicy. */
            class ZonePolicy {

                /**
                 * Constructs a new ZonePolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.ZonePolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ZonePolicy mode. */
                mode: string;

                /** ZonePolicy spillOverRatio. */
                spillOverRatio: number;

                /**
                 * Creates a new ZonePolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ZonePolicy instance
                 */
                static create(properties: weft.discovery.v1.ZonePolicy.$Shape): weft.discovery.v1.ZonePolicy & weft.discovery.v1.ZonePolicy.$Shape;
                static create(properties?: weft.discovery.v1.ZonePolicy.$Properties): weft.discovery.v1.ZonePolicy;

                /**
                 * Encodes the specified ZonePolicy message. Does not implicitly {@link weft.discovery.v1.ZonePolicy.verify|verify} messages.
                 * @param message ZonePolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.ZonePolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ZonePolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.ZonePolicy & weft.discovery.v1.ZonePolicy.$Shape} ZonePolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.ZonePolicy & weft.discovery.v1.ZonePolicy.$Shape;
            }

            namespace ZonePolicy {

                /** Properties of a ZonePolicy. */
                interface $Properties {

                    /** ZonePolicy mode */
                    mode?: (string|null);

                    /** ZonePolicy spillOverRatio */
                    spillOverRatio?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ZonePolicy. */
                type $Shape = weft.discovery.v1.ZonePolicy.$Properties;
            }

            /**
             * Properties of a SlowStartPolicy.
             * @deprecated Use weft.discovery.v1.SlowStartPolicy.$Properties instead.
             */
            interface ISlowStartPolicy extends weft.discovery.v1.SlowStartPolicy.$Properties {
            }

            /** Represents a SlowStartPolicy. */
            class SlowStartPolicy {

                /**
                 * Constructs a new SlowStartPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.SlowStartPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SlowStartPolicy windowMs. */
                windowMs: number;

                /** SlowStartPolicy aggression. */
                aggression: number;

                /** SlowStartPolicy minWeight. */
                minWeight: number;

                /**
                 * Creates a new SlowStartPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SlowStartPolicy instance
                 */
                static create(properties: weft.discovery.v1.SlowStartPolicy.$Shape): weft.discovery.v1.SlowStartPolicy & weft.discovery.v1.SlowStartPolicy.$Shape;
                static create(properties?: weft.discovery.v1.SlowStartPolicy.$Properties): weft.discovery.v1.SlowStartPolicy;

                /**
                 * Encodes the specified SlowStartPolicy message. Does not implicitly {@link weft.discovery.v1.SlowStartPolicy.verify|verify} messages.
                 * @param message SlowStartPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.SlowStartPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SlowStartPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SlowStartPolicy & weft.discovery.v1.SlowStartPolicy.$Shape} SlowStartPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.SlowStartPolicy & weft.discovery.v1.SlowStartPolicy.$Shape;
            }

            namespace SlowStartPolicy {

                /** Properties of a SlowStartPolicy. */
                interface $Properties {

                    /** SlowStartPolicy windowMs */
                    windowMs?: (number|null);

                    /** SlowStartPolicy aggression */
                    aggression?: (number|null);

                    /** SlowStartPolicy minWeight */
                    minWeight?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SlowStartPolicy. */
                type $Shape = weft.discovery.v1.SlowStartPolicy.$Properties;
            }

            /**
             * Properties of an OutlierPolicy.
             * @deprecated Use weft.discovery.v1.OutlierPolicy.$Properties instead.
             */
            interface IOutlierPolicy extends weft.discovery.v1.OutlierPolicy.$Properties {
            }

            /** Represents an OutlierPolicy. */
            class OutlierPolicy {

                /**
                 * Constructs a new OutlierPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.OutlierPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** OutlierPolicy consecutiveFailures. */
                consecutiveFailures: number;

                /** OutlierPolicy ejectBaseMs. */
                ejectBaseMs: number;

                /** OutlierPolicy ejectMaxMs. */
                ejectMaxMs: number;

                /** OutlierPolicy panicRatio. */
                panicRatio: number;

                /** OutlierPolicy consecutiveGatewayFailures. */
                consecutiveGatewayFailures: number;

                /** OutlierPolicy consecutiveConnectFailures. */
                consecutiveConnectFailures: number;

                /** OutlierPolicy intervalMs. */
                intervalMs: number;

                /** OutlierPolicy successRateRequestsMin. */
                successRateRequestsMin: number;

                /** OutlierPolicy successRateEndpointsMin. */
                successRateEndpointsMin: number;

                /** OutlierPolicy successRateStdevs. */
                successRateStdevs: number;

                /** OutlierPolicy latencyFactor. */
                latencyFactor: number;

                /** OutlierPolicy ejectRatioMax. */
                ejectRatioMax: number;

                /** OutlierPolicy probes. */
                probes: number;

                /** OutlierPolicy retryAfterMaxMs. */
                retryAfterMaxMs: number;

                /**
                 * Creates a new OutlierPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns OutlierPolicy instance
                 */
                static create(properties: weft.discovery.v1.OutlierPolicy.$Shape): weft.discovery.v1.OutlierPolicy & weft.discovery.v1.OutlierPolicy.$Shape;
                static create(properties?: weft.discovery.v1.OutlierPolicy.$Properties): weft.discovery.v1.OutlierPolicy;

                /**
                 * Encodes the specified OutlierPolicy message. Does not implicitly {@link weft.discovery.v1.OutlierPolicy.verify|verify} messages.
                 * @param message OutlierPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.OutlierPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an OutlierPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.OutlierPolicy & weft.discovery.v1.OutlierPolicy.$Shape} OutlierPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.OutlierPolicy & weft.discovery.v1.OutlierPolicy.$Shape;
            }

            namespace OutlierPolicy {

                /** Properties of an OutlierPolicy. */
                interface $Properties {

                    /** OutlierPolicy consecutiveFailures */
                    consecutiveFailures?: (number|null);

                    /** OutlierPolicy ejectBaseMs */
                    ejectBaseMs?: (number|null);

                    /** OutlierPolicy ejectMaxMs */
                    ejectMaxMs?: (number|null);

                    /** OutlierPolicy panicRatio */
                    panicRatio?: (number|null);

                    /** OutlierPolicy consecutiveGatewayFailures */
                    consecutiveGatewayFailures?: (number|null);

                    /** OutlierPolicy consecutiveConnectFailures */
                    consecutiveConnectFailures?: (number|null);

                    /** OutlierPolicy intervalMs */
                    intervalMs?: (number|null);

                    /** OutlierPolicy successRateRequestsMin */
                    successRateRequestsMin?: (number|null);

                    /** OutlierPolicy successRateEndpointsMin */
                    successRateEndpointsMin?: (number|null);

                    /** OutlierPolicy successRateStdevs */
                    successRateStdevs?: (number|null);

                    /** OutlierPolicy latencyFactor */
                    latencyFactor?: (number|null);

                    /** OutlierPolicy ejectRatioMax */
                    ejectRatioMax?: (number|null);

                    /** OutlierPolicy probes */
                    probes?: (number|null);

                    /** OutlierPolicy retryAfterMaxMs */
                    retryAfterMaxMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an OutlierPolicy. */
                type $Shape = weft.discovery.v1.OutlierPolicy.$Properties;
            }

            /**
             * Properties of an AuthorizationPolicy.
             * @deprecated Use weft.discovery.v1.AuthorizationPolicy.$Properties instead.
             */
            interface IAuthorizationPolicy extends weft.discovery.v1.AuthorizationPolicy.$Properties {
            }

            /** Represents an AuthorizationPolicy. */
            class AuthorizationPolicy {

                /**
                 * Constructs a new AuthorizationPolicy.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.AuthorizationPolicy.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AuthorizationPolicy name. */
                name: string;

                /** AuthorizationPolicy namespace. */
                namespace: string;

                /** AuthorizationPolicy action. */
                action: string;

                /** AuthorizationPolicy selector. */
                selector: { [k: string]: string };

                /** AuthorizationPolicy services. */
                services: string[];

                /** AuthorizationPolicy rules. */
                rules: weft.discovery.v1.AuthorizationRule.$Properties[];

                /**
                 * Creates a new AuthorizationPolicy instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AuthorizationPolicy instance
                 */
                static create(properties: weft.discovery.v1.AuthorizationPolicy.$Shape): weft.discovery.v1.AuthorizationPolicy & weft.discovery.v1.AuthorizationPolicy.$Shape;
                static create(properties?: weft.discovery.v1.AuthorizationPolicy.$Properties): weft.discovery.v1.AuthorizationPolicy;

                /**
                 * Encodes the specified AuthorizationPolicy message. Does not implicitly {@link weft.discovery.v1.AuthorizationPolicy.verify|verify} messages.
                 * @param message AuthorizationPolicy message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.AuthorizationPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AuthorizationPolicy message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.AuthorizationPolicy & weft.discovery.v1.AuthorizationPolicy.$Shape} AuthorizationPolicy
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.AuthorizationPolicy & weft.discovery.v1.AuthorizationPolicy.$Shape;
            }

            namespace AuthorizationPolicy {

                /** Properties of an AuthorizationPolicy. */
                interface $Properties {

                    /** AuthorizationPolicy name */
                    name?: (string|null);

                    /** AuthorizationPolicy namespace */
                    namespace?: (string|null);

                    /** AuthorizationPolicy action */
                    action?: (string|null);

                    /** AuthorizationPolicy selector */
                    selector?: ({ [k: string]: string }|null);

                    /** AuthorizationPolicy services */
                    services?: (string[]|null);

                    /** AuthorizationPolicy rules */
                    rules?: (weft.discovery.v1.AuthorizationRule.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AuthorizationPolicy. */
                type $Shape = weft.discovery.v1.AuthorizationPolicy.$Properties;
            }

            /**
             * Properties of an AuthorizationRule.
             * @deprecated Use weft.discovery.v1.AuthorizationRule.$Properties instead.
             */
            interface IAuthorizationRule extends weft.discovery.v1.AuthorizationRule.$Properties {
            }

            /** Represents an AuthorizationRule. */
            class AuthorizationRule {

                /**
                 * Constructs a new AuthorizationRule.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.AuthorizationRule.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AuthorizationRule from. */
                from: weft.discovery.v1.SourceMatch.$Properties[];

                /** AuthorizationRule to. */
                to: weft.discovery.v1.OperationMatch.$Properties[];

                /**
                 * Creates a new AuthorizationRule instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AuthorizationRule instance
                 */
                static create(properties: weft.discovery.v1.AuthorizationRule.$Shape): weft.discovery.v1.AuthorizationRule & weft.discovery.v1.AuthorizationRule.$Shape;
                static create(properties?: weft.discovery.v1.AuthorizationRule.$Properties): weft.discovery.v1.AuthorizationRule;

                /**
                 * Encodes the specified AuthorizationRule message. Does not implicitly {@link weft.discovery.v1.AuthorizationRule.verify|verify} messages.
                 * @param message AuthorizationRule message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.AuthorizationRule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AuthorizationRule message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.AuthorizationRule & weft.discovery.v1.AuthorizationRule.$Shape} AuthorizationRule
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.AuthorizationRule & weft.discovery.v1.AuthorizationRule.$Shape;
            }

            namespace AuthorizationRule {

                /** Properties of an AuthorizationRule. */
                interface $Properties {

                    /** AuthorizationRule from */
                    from?: (weft.discovery.v1.SourceMatch.$Properties[]|null);

                    /** AuthorizationRule to */
                    to?: (weft.discovery.v1.OperationMatch.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AuthorizationRule. */
                type $Shape = weft.discovery.v1.AuthorizationRule.$Properties;
            }

            /**
             * Properties of a SourceMatch.
             * @deprecated Use weft.discovery.v1.SourceMatch.$Properties instead.
             */
            interface ISourceMatch extends weft.discovery.v1.SourceMatch.$Properties {
            }

            /** Represents a SourceMatch. */
            class SourceMatch {

                /**
                 * Constructs a new SourceMatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.SourceMatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SourceMatch identities. */
                identities: string[];

                /** SourceMatch namespaces. */
                namespaces: string[];

                /** SourceMatch notIdentities. */
                notIdentities: string[];

                /** SourceMatch notNamespaces. */
                notNamespaces: string[];

                /** SourceMatch unauthenticated. */
                unauthenticated: boolean;

                /**
                 * Creates a new SourceMatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns SourceMatch instance
                 */
                static create(properties: weft.discovery.v1.SourceMatch.$Shape): weft.discovery.v1.SourceMatch & weft.discovery.v1.SourceMatch.$Shape;
                static create(properties?: weft.discovery.v1.SourceMatch.$Properties): weft.discovery.v1.SourceMatch;

                /**
                 * Encodes the specified SourceMatch message. Does not implicitly {@link weft.discovery.v1.SourceMatch.verify|verify} messages.
                 * @param message SourceMatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.SourceMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SourceMatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.SourceMatch & weft.discovery.v1.SourceMatch.$Shape} SourceMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.SourceMatch & weft.discovery.v1.SourceMatch.$Shape;
            }

            namespace SourceMatch {

                /** Properties of a SourceMatch. */
                interface $Properties {

                    /** SourceMatch identities */
                    identities?: (string[]|null);

                    /** SourceMatch namespaces */
                    namespaces?: (string[]|null);

                    /** SourceMatch notIdentities */
                    notIdentities?: (string[]|null);

                    /** SourceMatch notNamespaces */
                    notNamespaces?: (string[]|null);

                    /** SourceMatch unauthenticated */
                    unauthenticated?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SourceMatch. */
                type $Shape = weft.discovery.v1.SourceMatch.$Properties;
            }

            /**
             * Properties of an OperationMatch.
             * @deprecated Use weft.discovery.v1.OperationMatch.$Properties instead.
             */
            interface IOperationMatch extends weft.discovery.v1.OperationMatch.$Properties {
            }

            /** Represents an OperationMatch. */
            class OperationMatch {

                /**
                 * Constructs a new OperationMatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.discovery.v1.OperationMatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** OperationMatch ports. */
                ports: number[];

                /** OperationMatch methods. */
                methods: string[];

                /** OperationMatch paths. */
                paths: weft.discovery.v1.StringMatch.$Properties[];

                /** OperationMatch headers. */
                headers: weft.discovery.v1.NamedMatch.$Properties[];

                /**
                 * Creates a new OperationMatch instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns OperationMatch instance
                 */
                static create(properties: weft.discovery.v1.OperationMatch.$Shape): weft.discovery.v1.OperationMatch & weft.discovery.v1.OperationMatch.$Shape;
                static create(properties?: weft.discovery.v1.OperationMatch.$Properties): weft.discovery.v1.OperationMatch;

                /**
                 * Encodes the specified OperationMatch message. Does not implicitly {@link weft.discovery.v1.OperationMatch.verify|verify} messages.
                 * @param message OperationMatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.discovery.v1.OperationMatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an OperationMatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.discovery.v1.OperationMatch & weft.discovery.v1.OperationMatch.$Shape} OperationMatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.discovery.v1.OperationMatch & weft.discovery.v1.OperationMatch.$Shape;
            }

            namespace OperationMatch {

                /** Properties of an OperationMatch. */
                interface $Properties {

                    /** OperationMatch ports */
                    ports?: (number[]|null);

                    /** OperationMatch methods */
                    methods?: (string[]|null);

                    /** OperationMatch paths */
                    paths?: (weft.discovery.v1.StringMatch.$Properties[]|null);

                    /** OperationMatch headers */
                    headers?: (weft.discovery.v1.NamedMatch.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an OperationMatch. */
                type $Shape = weft.discovery.v1.OperationMatch.$Properties;
            }
        }
    }

    /** Namespace management. */
    namespace management {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of an ApplyRequest.
             * @deprecated Use weft.management.v1.ApplyRequest.$Properties instead.
             */
            interface IApplyRequest extends weft.management.v1.ApplyRequest.$Properties {
            }

            /** Represents an ApplyRequest. */
            class ApplyRequest {

                /**
                 * Constructs a new ApplyRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.ApplyRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplyRequest resources. */
                resources: string[];

                /** ApplyRequest dryRun. */
                dryRun: boolean;

                /** ApplyRequest author. */
                author: string;

                /**
                 * Creates a new ApplyRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplyRequest instance
                 */
                static create(properties: weft.management.v1.ApplyRequest.$Shape): weft.management.v1.ApplyRequest & weft.management.v1.ApplyRequest.$Shape;
                static create(properties?: weft.management.v1.ApplyRequest.$Properties): weft.management.v1.ApplyRequest;

                /**
                 * Encodes the specified ApplyRequest message. Does not implicitly {@link weft.management.v1.ApplyRequest.verify|verify} messages.
                 * @param message ApplyRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.ApplyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.ApplyRequest & weft.management.v1.ApplyRequest.$Shape} ApplyRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.ApplyRequest & weft.management.v1.ApplyRequest.$Shape;
            }

            namespace ApplyRequest {

                /** Properties of an ApplyRequest. */
                interface $Properties {

                    /** ApplyRequest resources */
                    resources?: (string[]|null);

                    /** ApplyRequest dryRun */
                    dryRun?: (boolean|null);

                    /** ApplyRequest author */
                    author?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplyRequest. */
                type $Shape = weft.management.v1.ApplyRequest.$Properties;
            }

            /**
             * Properties of an ApplyResponse.
             * @deprecated Use weft.management.v1.ApplyResponse.$Properties instead.
             */
            interface IApplyResponse extends weft.management.v1.ApplyResponse.$Properties {
            }

            /** Represents an ApplyResponse. */
            class ApplyResponse {

                /**
                 * Constructs a new ApplyResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.ApplyResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplyResponse revision. */
                revision: number;

                /** ApplyResponse results. */
                results: weft.management.v1.ApplyResult.$Properties[];

                /**
                 * Creates a new ApplyResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplyResponse instance
                 */
                static create(properties: weft.management.v1.ApplyResponse.$Shape): weft.management.v1.ApplyResponse & weft.management.v1.ApplyResponse.$Shape;
                static create(properties?: weft.management.v1.ApplyResponse.$Properties): weft.management.v1.ApplyResponse;

                /**
                 * Encodes the specified ApplyResponse message. Does not implicitly {@link weft.management.v1.ApplyResponse.verify|verify} messages.
                 * @param message ApplyResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.ApplyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.ApplyResponse & weft.management.v1.ApplyResponse.$Shape} ApplyResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.ApplyResponse & weft.management.v1.ApplyResponse.$Shape;
            }

            namespace ApplyResponse {

                /** Properties of an ApplyResponse. */
                interface $Properties {

                    /** ApplyResponse revision */
                    revision?: (number|null);

                    /** ApplyResponse results */
                    results?: (weft.management.v1.ApplyResult.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplyResponse. */
                type $Shape = weft.management.v1.ApplyResponse.$Properties;
            }

            /**
             * Properties of an ApplyResult.
             * @deprecated Use weft.management.v1.ApplyResult.$Properties instead.
             */
            interface IApplyResult extends weft.management.v1.ApplyResult.$Properties {
            }

            /** Represents an ApplyResult. */
            class ApplyResult {

                /**
                 * Constructs a new ApplyResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.ApplyResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApplyResult resource. */
                resource: string;

                /** ApplyResult outcome. */
                outcome: string;

                /** ApplyResult warnings. */
                warnings: string[];

                /**
                 * Creates a new ApplyResult instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ApplyResult instance
                 */
                static create(properties: weft.management.v1.ApplyResult.$Shape): weft.management.v1.ApplyResult & weft.management.v1.ApplyResult.$Shape;
                static create(properties?: weft.management.v1.ApplyResult.$Properties): weft.management.v1.ApplyResult;

                /**
                 * Encodes the specified ApplyResult message. Does not implicitly {@link weft.management.v1.ApplyResult.verify|verify} messages.
                 * @param message ApplyResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.ApplyResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApplyResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.ApplyResult & weft.management.v1.ApplyResult.$Shape} ApplyResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.ApplyResult & weft.management.v1.ApplyResult.$Shape;
            }

            namespace ApplyResult {

                /** Properties of an ApplyResult. */
                interface $Properties {

                    /** ApplyResult resource */
                    resource?: (string|null);

                    /** ApplyResult outcome */
                    outcome?: (string|null);

                    /** ApplyResult warnings */
                    warnings?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApplyResult. */
                type $Shape = weft.management.v1.ApplyResult.$Properties;
            }

            /**
             * Properties of a GetRequest.
             * @deprecated Use weft.management.v1.GetRequest.$Properties instead.
             */
            interface IGetRequest extends weft.management.v1.GetRequest.$Properties {
            }

            /** Represents a GetRequest. */
            class GetRequest {

                /**
                 * Constructs a new GetRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.GetRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetRequest kind. */
                kind: string;

                /** GetRequest namespace. */
                namespace: string;

                /** GetRequest name. */
                name: string;

                /**
                 * Creates a new GetRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns GetRequest instance
                 */
                static create(properties: weft.management.v1.GetRequest.$Shape): weft.management.v1.GetRequest & weft.management.v1.GetRequest.$Shape;
                static create(properties?: weft.management.v1.GetRequest.$Properties): weft.management.v1.GetRequest;

                /**
                 * Encodes the specified GetRequest message. Does not implicitly {@link weft.management.v1.GetRequest.verify|verify} messages.
                 * @param message GetRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.GetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.GetRequest & weft.management.v1.GetRequest.$Shape} GetRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.GetRequest & weft.management.v1.GetRequest.$Shape;
            }

            namespace GetRequest {

                /** Properties of a GetRequest. */
                interface $Properties {

                    /** GetRequest kind */
                    kind?: (string|null);

                    /** GetRequest namespace */
                    namespace?: (string|null);

                    /** GetRequest name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetRequest. */
                type $Shape = weft.management.v1.GetRequest.$Properties;
            }

            /**
             * Properties of a GetResponse.
             * @deprecated Use weft.management.v1.GetResponse.$Properties instead.
             */
            interface IGetResponse extends weft.management.v1.GetResponse.$Properties {
            }

            /** Represents a GetResponse. */
            class GetResponse {

                /**
                 * Constructs a new GetResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.GetResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetResponse resources. */
                resources: string[];

                /** GetResponse revision. */
                revision: number;

                /**
                 * Creates a new GetResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns GetResponse instance
                 */
                static create(properties: weft.management.v1.GetResponse.$Shape): weft.management.v1.GetResponse & weft.management.v1.GetResponse.$Shape;
                static create(properties?: weft.management.v1.GetResponse.$Properties): weft.management.v1.GetResponse;

                /**
                 * Encodes the specified GetResponse message. Does not implicitly {@link weft.management.v1.GetResponse.verify|verify} messages.
                 * @param message GetResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.GetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.GetResponse & weft.management.v1.GetResponse.$Shape} GetResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.GetResponse & weft.management.v1.GetResponse.$Shape;
            }

            namespace GetResponse {

                /** Properties of a GetResponse. */
                interface $Properties {

                    /** GetResponse resources */
                    resources?: (string[]|null);

                    /** GetResponse revision */
                    revision?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetResponse. */
                type $Shape = weft.management.v1.GetResponse.$Properties;
            }

            /**
             * Properties of a DeleteRequest.
             * @deprecated Use weft.management.v1.DeleteRequest.$Properties instead.
             */
            interface IDeleteRequest extends weft.management.v1.DeleteRequest.$Properties {
            }

            /** Represents a DeleteRequest. */
            class DeleteRequest {

                /**
                 * Constructs a new DeleteRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.DeleteRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DeleteRequest kind. */
                kind: string;

                /** DeleteRequest namespace. */
                namespace: string;

                /** DeleteRequest name. */
                name: string;

                /**
                 * Creates a new DeleteRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DeleteRequest instance
                 */
                static create(properties: weft.management.v1.DeleteRequest.$Shape): weft.management.v1.DeleteRequest & weft.management.v1.DeleteRequest.$Shape;
                static create(properties?: weft.management.v1.DeleteRequest.$Properties): weft.management.v1.DeleteRequest;

                /**
                 * Encodes the specified DeleteRequest message. Does not implicitly {@link weft.management.v1.DeleteRequest.verify|verify} messages.
                 * @param message DeleteRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.DeleteRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.DeleteRequest & weft.management.v1.DeleteRequest.$Shape} DeleteRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.DeleteRequest & weft.management.v1.DeleteRequest.$Shape;
            }

            namespace DeleteRequest {

                /** Properties of a DeleteRequest. */
                interface $Properties {

                    /** DeleteRequest kind */
                    kind?: (string|null);

                    /** DeleteRequest namespace */
                    namespace?: (string|null);

                    /** DeleteRequest name */
                    name?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DeleteRequest. */
                type $Shape = weft.management.v1.DeleteRequest.$Properties;
            }

            /**
             * Properties of a DeleteResponse.
             * @deprecated Use weft.management.v1.DeleteResponse.$Properties instead.
             */
            interface IDeleteResponse extends weft.management.v1.DeleteResponse.$Properties {
            }

            /** Represents a DeleteResponse. */
            class DeleteResponse {

                /**
                 * Constructs a new DeleteResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.DeleteResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DeleteResponse revision. */
                revision: number;

                /**
                 * Creates a new DeleteResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DeleteResponse instance
                 */
                static create(properties: weft.management.v1.DeleteResponse.$Shape): weft.management.v1.DeleteResponse & weft.management.v1.DeleteResponse.$Shape;
                static create(properties?: weft.management.v1.DeleteResponse.$Properties): weft.management.v1.DeleteResponse;

                /**
                 * Encodes the specified DeleteResponse message. Does not implicitly {@link weft.management.v1.DeleteResponse.verify|verify} messages.
                 * @param message DeleteResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.DeleteResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeleteResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.DeleteResponse & weft.management.v1.DeleteResponse.$Shape} DeleteResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.DeleteResponse & weft.management.v1.DeleteResponse.$Shape;
            }

            namespace DeleteResponse {

                /** Properties of a DeleteResponse. */
                interface $Properties {

                    /** DeleteResponse revision */
                    revision?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DeleteResponse. */
                type $Shape = weft.management.v1.DeleteResponse.$Properties;
            }

            /**
             * Properties of a WaitRequest.
             * @deprecated Use weft.management.v1.WaitRequest.$Properties instead.
             */
            interface IWaitRequest extends weft.management.v1.WaitRequest.$Properties {
            }

            /** Represents a WaitRequest. */
            class WaitRequest {

                /**
                 * Constructs a new WaitRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.WaitRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WaitRequest revision. */
                revision: number;

                /** WaitRequest timeoutMs. */
                timeoutMs: number;

                /**
                 * Creates a new WaitRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WaitRequest instance
                 */
                static create(properties: weft.management.v1.WaitRequest.$Shape): weft.management.v1.WaitRequest & weft.management.v1.WaitRequest.$Shape;
                static create(properties?: weft.management.v1.WaitRequest.$Properties): weft.management.v1.WaitRequest;

                /**
                 * Encodes the specified WaitRequest message. Does not implicitly {@link weft.management.v1.WaitRequest.verify|verify} messages.
                 * @param message WaitRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.WaitRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WaitRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.WaitRequest & weft.management.v1.WaitRequest.$Shape} WaitRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.WaitRequest & weft.management.v1.WaitRequest.$Shape;
            }

            namespace WaitRequest {

                /** Properties of a WaitRequest. */
                interface $Properties {

                    /** WaitRequest revision */
                    revision?: (number|null);

                    /** WaitRequest timeoutMs */
                    timeoutMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WaitRequest. */
                type $Shape = weft.management.v1.WaitRequest.$Properties;
            }

            /**
             * Properties of a WaitResponse.
             * @deprecated Use weft.management.v1.WaitResponse.$Properties instead.
             */
            interface IWaitResponse extends weft.management.v1.WaitResponse.$Properties {
            }

            /** Represents a WaitResponse. */
            class WaitResponse {

                /**
                 * Constructs a new WaitResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.WaitResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WaitResponse complete. */
                complete: boolean;

                /** WaitResponse agents. */
                agents: weft.management.v1.AgentProgress.$Properties[];

                /**
                 * Creates a new WaitResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WaitResponse instance
                 */
                static create(properties: weft.management.v1.WaitResponse.$Shape): weft.management.v1.WaitResponse & weft.management.v1.WaitResponse.$Shape;
                static create(properties?: weft.management.v1.WaitResponse.$Properties): weft.management.v1.WaitResponse;

                /**
                 * Encodes the specified WaitResponse message. Does not implicitly {@link weft.management.v1.WaitResponse.verify|verify} messages.
                 * @param message WaitResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.WaitResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WaitResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.WaitResponse & weft.management.v1.WaitResponse.$Shape} WaitResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.WaitResponse & weft.management.v1.WaitResponse.$Shape;
            }

            namespace WaitResponse {

                /** Properties of a WaitResponse. */
                interface $Properties {

                    /** WaitResponse complete */
                    complete?: (boolean|null);

                    /** WaitResponse agents */
                    agents?: (weft.management.v1.AgentProgress.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WaitResponse. */
                type $Shape = weft.management.v1.WaitResponse.$Properties;
            }

            /**
             * Properties of an AgentProgress.
             * @deprecated Use weft.management.v1.AgentProgress.$Properties instead.
             */
            interface IAgentProgress extends weft.management.v1.AgentProgress.$Properties {
            }

            /** Represents an AgentProgress. */
            class AgentProgress {

                /**
                 * Constructs a new AgentProgress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.AgentProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentProgress node. */
                node: string;

                /** AgentProgress revision. */
                revision: number;

                /** AgentProgress policyRevision. */
                policyRevision: number;

                /** AgentProgress error. */
                error: string;

                /**
                 * Creates a new AgentProgress instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentProgress instance
                 */
                static create(properties: weft.management.v1.AgentProgress.$Shape): weft.management.v1.AgentProgress & weft.management.v1.AgentProgress.$Shape;
                static create(properties?: weft.management.v1.AgentProgress.$Properties): weft.management.v1.AgentProgress;

                /**
                 * Encodes the specified AgentProgress message. Does not implicitly {@link weft.management.v1.AgentProgress.verify|verify} messages.
                 * @param message AgentProgress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.AgentProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentProgress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.AgentProgress & weft.management.v1.AgentProgress.$Shape} AgentProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.AgentProgress & weft.management.v1.AgentProgress.$Shape;
            }

            namespace AgentProgress {

                /** Properties of an AgentProgress. */
                interface $Properties {

                    /** AgentProgress node */
                    node?: (string|null);

                    /** AgentProgress revision */
                    revision?: (number|null);

                    /** AgentProgress policyRevision */
                    policyRevision?: (number|null);

                    /** AgentProgress error */
                    error?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AgentProgress. */
                type $Shape = weft.management.v1.AgentProgress.$Properties;
            }

            /**
             * Properties of a StatusRequest.
             * @deprecated Use weft.management.v1.StatusRequest.$Properties instead.
             */
            interface IStatusRequest extends weft.management.v1.StatusRequest.$Properties {
            }

            /** Represents a StatusRequest. */
            class StatusRequest {

                /**
                 * Constructs a new StatusRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.StatusRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new StatusRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatusRequest instance
                 */
                static create(properties: weft.management.v1.StatusRequest.$Shape): weft.management.v1.StatusRequest & weft.management.v1.StatusRequest.$Shape;
                static create(properties?: weft.management.v1.StatusRequest.$Properties): weft.management.v1.StatusRequest;

                /**
                 * Encodes the specified StatusRequest message. Does not implicitly {@link weft.management.v1.StatusRequest.verify|verify} messages.
                 * @param message StatusRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatusRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatusRequest & weft.management.v1.StatusRequest.$Shape} StatusRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.StatusRequest & weft.management.v1.StatusRequest.$Shape;
            }

            namespace StatusRequest {

                /** Properties of a StatusRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatusRequest. */
                type $Shape = weft.management.v1.StatusRequest.$Properties;
            }

            /**
             * Properties of a StatusResponse.
             * @deprecated Use weft.management.v1.StatusResponse.$Properties instead.
             */
            interface IStatusResponse extends weft.management.v1.StatusResponse.$Properties {
            }

            /** Represents a StatusResponse. */
            class StatusResponse {

                /**
                 * Constructs a new StatusResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.StatusResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatusResponse mesh. */
                mesh: string;

                /** StatusResponse trustDomain. */
                trustDomain: string;

                /** StatusResponse revision. */
                revision: number;

                /** StatusResponse version. */
                version: string;

                /** StatusResponse nodes. */
                nodes: weft.management.v1.NodeStatus.$Properties[];

                /** StatusResponse workloads. */
                workloads: weft.management.v1.WorkloadState.$Properties[];

                /**
                 * Creates a new StatusResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatusResponse instance
                 */
                static create(properties: weft.management.v1.StatusResponse.$Shape): weft.management.v1.StatusResponse & weft.management.v1.StatusResponse.$Shape;
                static create(properties?: weft.management.v1.StatusResponse.$Properties): weft.management.v1.StatusResponse;

                /**
                 * Encodes the specified StatusResponse message. Does not implicitly {@link weft.management.v1.StatusResponse.verify|verify} messages.
                 * @param message StatusResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.StatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatusResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatusResponse & weft.management.v1.StatusResponse.$Shape} StatusResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.StatusResponse & weft.management.v1.StatusResponse.$Shape;
            }

            namespace StatusResponse {

                /** Properties of a StatusResponse. */
                interface $Properties {

                    /** StatusResponse mesh */
                    mesh?: (string|null);

                    /** StatusResponse trustDomain */
                    trustDomain?: (string|null);

                    /** StatusResponse revision */
                    revision?: (number|null);

                    /** StatusResponse version */
                    version?: (string|null);

                    /** StatusResponse nodes */
                    nodes?: (weft.management.v1.NodeStatus.$Properties[]|null);

                    /** StatusResponse workloads */
                    workloads?: (weft.management.v1.WorkloadState.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatusResponse. */
                type $Shape = weft.management.v1.StatusResponse.$Properties;
            }

            /**
             * Properties of a NodeStatus.
             * @deprecated Use weft.management.v1.NodeStatus.$Properties instead.
             */
            interface INodeStatus extends weft.management.v1.NodeStatus.$Properties {
            }

            /** Represents a NodeStatus. */
            class NodeStatus {

                /**
                 * Constructs a new NodeStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.NodeStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NodeStatus name. */
                name: string;

                /** NodeStatus address. */
                address: string;

                /** NodeStatus connected. */
                connected: boolean;

                /** NodeStatus revision. */
                revision: number;

                /** NodeStatus policyRevision. */
                policyRevision: number;

                /** NodeStatus error. */
                error: string;

                /** NodeStatus version. */
                version: string;

                /** NodeStatus notices. */
                notices: weft.discovery.v1.NodeNotice.$Properties[];

                /**
                 * Creates a new NodeStatus instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns NodeStatus instance
                 */
                static create(properties: weft.management.v1.NodeStatus.$Shape): weft.management.v1.NodeStatus & weft.management.v1.NodeStatus.$Shape;
                static create(properties?: weft.management.v1.NodeStatus.$Properties): weft.management.v1.NodeStatus;

                /**
                 * Encodes the specified NodeStatus message. Does not implicitly {@link weft.management.v1.NodeStatus.verify|verify} messages.
                 * @param message NodeStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.NodeStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NodeStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.NodeStatus & weft.management.v1.NodeStatus.$Shape} NodeStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.NodeStatus & weft.management.v1.NodeStatus.$Shape;
            }

            namespace NodeStatus {

                /** Properties of a NodeStatus. */
                interface $Properties {

                    /** NodeStatus name */
                    name?: (string|null);

                    /** NodeStatus address */
                    address?: (string|null);

                    /** NodeStatus connected */
                    connected?: (boolean|null);

                    /** NodeStatus revision */
                    revision?: (number|null);

                    /** NodeStatus policyRevision */
                    policyRevision?: (number|null);

                    /** NodeStatus error */
                    error?: (string|null);

                    /** NodeStatus version */
                    version?: (string|null);

                    /** NodeStatus notices */
                    notices?: (weft.discovery.v1.NodeNotice.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NodeStatus. */
                type $Shape = weft.management.v1.NodeStatus.$Properties;
            }

            /**
             * Properties of a WorkloadState.
             * @deprecated Use weft.management.v1.WorkloadState.$Properties instead.
             */
            interface IWorkloadState extends weft.management.v1.WorkloadState.$Properties {
            }

            /** Represents a WorkloadState. */
            class WorkloadState {

                /**
                 * Constructs a new WorkloadState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.WorkloadState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkloadState workload. */
                workload?: (weft.discovery.v1.Workload.$Properties|null);

                /** WorkloadState identity. */
                identity: string;

                /** WorkloadState services. */
                services: string[];

                /** WorkloadState enrolled. */
                enrolled: boolean;

                /** WorkloadState reason. */
                reason: string;

                /** WorkloadState lost. */
                lost: boolean;

                /**
                 * Creates a new WorkloadState instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns WorkloadState instance
                 */
                static create(properties: weft.management.v1.WorkloadState.$Shape): weft.management.v1.WorkloadState & weft.management.v1.WorkloadState.$Shape;
                static create(properties?: weft.management.v1.WorkloadState.$Properties): weft.management.v1.WorkloadState;

                /**
                 * Encodes the specified WorkloadState message. Does not implicitly {@link weft.management.v1.WorkloadState.verify|verify} messages.
                 * @param message WorkloadState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.WorkloadState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkloadState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.WorkloadState & weft.management.v1.WorkloadState.$Shape} WorkloadState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.WorkloadState & weft.management.v1.WorkloadState.$Shape;
            }

            namespace WorkloadState {

                /** Properties of a WorkloadState. */
                interface $Properties {

                    /** WorkloadState workload */
                    workload?: (weft.discovery.v1.Workload.$Properties|null);

                    /** WorkloadState identity */
                    identity?: (string|null);

                    /** WorkloadState services */
                    services?: (string[]|null);

                    /** WorkloadState enrolled */
                    enrolled?: (boolean|null);

                    /** WorkloadState reason */
                    reason?: (string|null);

                    /** WorkloadState lost */
                    lost?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkloadState. */
                type $Shape = weft.management.v1.WorkloadState.$Properties;
            }

            /**
             * Properties of a StatRequest.
             * @deprecated Use weft.management.v1.StatRequest.$Properties instead.
             */
            interface IStatRequest extends weft.management.v1.StatRequest.$Properties {
            }

            /** Represents a StatRequest. */
            class StatRequest {

                /**
                 * Constructs a new StatRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.StatRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatRequest windowMs. */
                windowMs: number;

                /** StatRequest by. */
                by: string;

                /** StatRequest namespace. */
                namespace: string;

                /**
                 * Creates a new StatRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatRequest instance
                 */
                static create(properties: weft.management.v1.StatRequest.$Shape): weft.management.v1.StatRequest & weft.management.v1.StatRequest.$Shape;
                static create(properties?: weft.management.v1.StatRequest.$Properties): weft.management.v1.StatRequest;

                /**
                 * Encodes the specified StatRequest message. Does not implicitly {@link weft.management.v1.StatRequest.verify|verify} messages.
                 * @param message StatRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.StatRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatRequest & weft.management.v1.StatRequest.$Shape} StatRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.StatRequest & weft.management.v1.StatRequest.$Shape;
            }

            namespace StatRequest {

                /** Properties of a StatRequest. */
                interface $Properties {

                    /** StatRequest windowMs */
                    windowMs?: (number|null);

                    /** StatRequest by */
                    by?: (string|null);

                    /** StatRequest namespace */
                    namespace?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatRequest. */
                type $Shape = weft.management.v1.StatRequest.$Properties;
            }

            /**
             * Properties of a StatResponse.
             * @deprecated Use weft.management.v1.StatResponse.$Properties instead.
             */
            interface IStatResponse extends weft.management.v1.StatResponse.$Properties {
            }

            /** Represents a StatResponse. */
            class StatResponse {

                /**
                 * Constructs a new StatResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.StatResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatResponse rows. */
                rows: weft.management.v1.StatRow.$Properties[];

                /** StatResponse windowMs. */
                windowMs: number;

                /**
                 * Creates a new StatResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatResponse instance
                 */
                static create(properties: weft.management.v1.StatResponse.$Shape): weft.management.v1.StatResponse & weft.management.v1.StatResponse.$Shape;
                static create(properties?: weft.management.v1.StatResponse.$Properties): weft.management.v1.StatResponse;

                /**
                 * Encodes the specified StatResponse message. Does not implicitly {@link weft.management.v1.StatResponse.verify|verify} messages.
                 * @param message StatResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.StatResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatResponse & weft.management.v1.StatResponse.$Shape} StatResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.StatResponse & weft.management.v1.StatResponse.$Shape;
            }

            namespace StatResponse {

                /** Properties of a StatResponse. */
                interface $Properties {

                    /** StatResponse rows */
                    rows?: (weft.management.v1.StatRow.$Properties[]|null);

                    /** StatResponse windowMs */
                    windowMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatResponse. */
                type $Shape = weft.management.v1.StatResponse.$Properties;
            }

            /**
             * Properties of a StatRow.
             * @deprecated Use weft.management.v1.StatRow.$Properties instead.
             */
            interface IStatRow extends weft.management.v1.StatRow.$Properties {
            }

            /** Represents a StatRow. */
            class StatRow {

                /**
                 * Constructs a new StatRow.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.StatRow.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatRow service. */
                service: string;

                /** StatRow workload. */
                workload: string;

                /** StatRow source. */
                source: string;

                /** StatRow destination. */
                destination: string;

                /** StatRow protocol. */
                protocol: string;

                /** StatRow security. */
                security: string;

                /** StatRow successes. */
                successes: number;

                /** StatRow failures. */
                failures: number;

                /** StatRow requestsPerSecond. */
                requestsPerSecond: number;

                /** StatRow p50Ms. */
                p50Ms: number;

                /** StatRow p95Ms. */
                p95Ms: number;

                /** StatRow p99Ms. */
                p99Ms: number;

                /** StatRow addedP99Ms. */
                addedP99Ms: number;

                /** StatRow retries. */
                retries: number;

                /** StatRow faults. */
                faults: { [k: string]: number };

                /** StatRow instancesReady. */
                instancesReady: number;

                /** StatRow instances. */
                instances: number;

                /** StatRow connectionsOpen. */
                connectionsOpen: number;

                /** StatRow bytesSent. */
                bytesSent: number;

                /** StatRow bytesReceived. */
                bytesReceived: number;

                /** StatRow routedOn. */
                routedOn: number;

                /**
                 * Creates a new StatRow instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatRow instance
                 */
                static create(properties: weft.management.v1.StatRow.$Shape): weft.management.v1.StatRow & weft.management.v1.StatRow.$Shape;
                static create(properties?: weft.management.v1.StatRow.$Properties): weft.management.v1.StatRow;

                /**
                 * Encodes the specified StatRow message. Does not implicitly {@link weft.management.v1.StatRow.verify|verify} messages.
                 * @param message StatRow message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.StatRow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatRow message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.StatRow & weft.management.v1.StatRow.$Shape} StatRow
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.StatRow & weft.management.v1.StatRow.$Shape;
            }

            namespace StatRow {

                /** Properties of a StatRow. */
                interface $Properties {

                    /** StatRow service */
                    service?: (string|null);

                    /** StatRow workload */
                    workload?: (string|null);

                    /** StatRow source */
                    source?: (string|null);

                    /** StatRow destination */
                    destination?: (string|null);

                    /** StatRow protocol */
                    protocol?: (string|null);

                    /** StatRow security */
                    security?: (string|null);

                    /** StatRow successes */
                    successes?: (number|null);

                    /** StatRow failures */
                    failures?: (number|null);

                    /** StatRow requestsPerSecond */
                    requestsPerSecond?: (number|null);

                    /** StatRow p50Ms */
                    p50Ms?: (number|null);

                    /** StatRow p95Ms */
                    p95Ms?: (number|null);

                    /** StatRow p99Ms */
                    p99Ms?: (number|null);

                    /** StatRow addedP99Ms */
                    addedP99Ms?: (number|null);

                    /** StatRow retries */
                    retries?: (number|null);

                    /** StatRow faults */
                    faults?: ({ [k: string]: number }|null);

                    /** StatRow instancesReady */
                    instancesReady?: (number|null);

                    /** StatRow instances */
                    instances?: (number|null);

                    /** StatRow connectionsOpen */
                    connectionsOpen?: (number|null);

                    /** StatRow bytesSent */
                    bytesSent?: (number|null);

                    /** StatRow bytesReceived */
                    bytesReceived?: (number|null);

                    /** StatRow routedOn */
                    routedOn?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatRow. */
                type $Shape = weft.management.v1.StatRow.$Properties;
            }

            /**
             * Properties of an ExplainRequest.
             * @deprecated Use weft.management.v1.ExplainRequest.$Properties instead.
             */
            interface IExplainRequest extends weft.management.v1.ExplainRequest.$Properties {
            }

            /** Represents an ExplainRequest. */
            class ExplainRequest {

                /**
                 * Constructs a new ExplainRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.ExplainRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExplainRequest source. */
                source: string;

                /** ExplainRequest destination. */
                destination: string;

                /** ExplainRequest method. */
                method: string;

                /** ExplainRequest path. */
                path: string;

                /**
                 * Creates a new ExplainRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExplainRequest instance
                 */
                static create(properties: weft.management.v1.ExplainRequest.$Shape): weft.management.v1.ExplainRequest & weft.management.v1.ExplainRequest.$Shape;
                static create(properties?: weft.management.v1.ExplainRequest.$Properties): weft.management.v1.ExplainRequest;

                /**
                 * Encodes the specified ExplainRequest message. Does not implicitly {@link weft.management.v1.ExplainRequest.verify|verify} messages.
                 * @param message ExplainRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.ExplainRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExplainRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.ExplainRequest & weft.management.v1.ExplainRequest.$Shape} ExplainRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.ExplainRequest & weft.management.v1.ExplainRequest.$Shape;
            }

            namespace ExplainRequest {

                /** Properties of an ExplainRequest. */
                interface $Properties {

                    /** ExplainRequest source */
                    source?: (string|null);

                    /** ExplainRequest destination */
                    destination?: (string|null);

                    /** ExplainRequest method */
                    method?: (string|null);

                    /** ExplainRequest path */
                    path?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExplainRequest. */
                type $Shape = weft.management.v1.ExplainRequest.$Properties;
            }

            /**
             * Properties of an ExplainResponse.
             * @deprecated Use weft.management.v1.ExplainResponse.$Properties instead.
             */
            interface IExplainResponse extends weft.management.v1.ExplainResponse.$Properties {
            }

            /** Represents an ExplainResponse. */
            class ExplainResponse {

                /**
                 * Constructs a new ExplainResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.ExplainResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExplainResponse allowed. */
                allowed: boolean;

                /** ExplainResponse steps. */
                steps: weft.management.v1.ExplainStep.$Properties[];

                /**
                 * Creates a new ExplainResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExplainResponse instance
                 */
                static create(properties: weft.management.v1.ExplainResponse.$Shape): weft.management.v1.ExplainResponse & weft.management.v1.ExplainResponse.$Shape;
                static create(properties?: weft.management.v1.ExplainResponse.$Properties): weft.management.v1.ExplainResponse;

                /**
                 * Encodes the specified ExplainResponse message. Does not implicitly {@link weft.management.v1.ExplainResponse.verify|verify} messages.
                 * @param message ExplainResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.ExplainResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExplainResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.ExplainResponse & weft.management.v1.ExplainResponse.$Shape} ExplainResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.ExplainResponse & weft.management.v1.ExplainResponse.$Shape;
            }

            namespace ExplainResponse {

                /** Properties of an ExplainResponse. */
                interface $Properties {

                    /** ExplainResponse allowed */
                    allowed?: (boolean|null);

                    /** ExplainResponse steps */
                    steps?: (weft.management.v1.ExplainStep.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExplainResponse. */
                type $Shape = weft.management.v1.ExplainResponse.$Properties;
            }

            /**
             * Properties of an ExplainStep.
             * @deprecated Use weft.management.v1.ExplainStep.$Properties instead.
             */
            interface IExplainStep extends weft.management.v1.ExplainStep.$Properties {
            }

            /** Represents an ExplainStep. */
            class ExplainStep {

                /**
                 * Constructs a new ExplainStep.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.ExplainStep.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExplainStep layer. */
                layer: string;

                /** ExplainStep ok. */
                ok: boolean;

                /** ExplainStep message. */
                message: string;

                /** ExplainStep rule. */
                rule: string;

                /**
                 * Creates a new ExplainStep instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExplainStep instance
                 */
                static create(properties: weft.management.v1.ExplainStep.$Shape): weft.management.v1.ExplainStep & weft.management.v1.ExplainStep.$Shape;
                static create(properties?: weft.management.v1.ExplainStep.$Properties): weft.management.v1.ExplainStep;

                /**
                 * Encodes the specified ExplainStep message. Does not implicitly {@link weft.management.v1.ExplainStep.verify|verify} messages.
                 * @param message ExplainStep message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.ExplainStep.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExplainStep message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.ExplainStep & weft.management.v1.ExplainStep.$Shape} ExplainStep
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.ExplainStep & weft.management.v1.ExplainStep.$Shape;
            }

            namespace ExplainStep {

                /** Properties of an ExplainStep. */
                interface $Properties {

                    /** ExplainStep layer */
                    layer?: (string|null);

                    /** ExplainStep ok */
                    ok?: (boolean|null);

                    /** ExplainStep message */
                    message?: (string|null);

                    /** ExplainStep rule */
                    rule?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExplainStep. */
                type $Shape = weft.management.v1.ExplainStep.$Properties;
            }

            /**
             * Properties of a RunRequest.
             * @deprecated Use weft.management.v1.RunRequest.$Properties instead.
             */
            interface IRunRequest extends weft.management.v1.RunRequest.$Properties {
            }

            /** Represents a RunRequest. */
            class RunRequest {

                /**
                 * Constructs a new RunRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.RunRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RunRequest register. */
                register?: (weft.management.v1.Register.$Properties|null);

                /** RunRequest attach. */
                attach?: (weft.management.v1.Attach.$Properties|null);

                /** RunRequest leave. */
                leave?: (weft.management.v1.Leave.$Properties|null);

                /** RunRequest message. */
                message?: ("register"|"attach"|"leave");

                /**
                 * Creates a new RunRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RunRequest instance
                 */
                static create(properties: weft.management.v1.RunRequest.$Shape): weft.management.v1.RunRequest & weft.management.v1.RunRequest.$Shape;
                static create(properties?: weft.management.v1.RunRequest.$Properties): weft.management.v1.RunRequest;

                /**
                 * Encodes the specified RunRequest message. Does not implicitly {@link weft.management.v1.RunRequest.verify|verify} messages.
                 * @param message RunRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.RunRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RunRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.RunRequest & weft.management.v1.RunRequest.$Shape} RunRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.RunRequest & weft.management.v1.RunRequest.$Shape;
            }

            namespace RunRequest {

                /** Properties of a RunRequest. */
                interface $Properties {

                    /** RunRequest register */
                    register?: (weft.management.v1.Register.$Properties|null);

                    /** RunRequest attach */
                    attach?: (weft.management.v1.Attach.$Properties|null);

                    /** RunRequest leave */
                    leave?: (weft.management.v1.Leave.$Properties|null);

                    /** RunRequest message */
                    message?: ("register"|"attach"|"leave");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a RunRequest. */
                type $Shape = {
                  register?: weft.management.v1.Register.$Shape|null;
                  attach?: weft.management.v1.Attach.$Shape|null;
                  leave?: weft.management.v1.Leave.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; register?: null; attach?: null; leave?: null }|{ message?: "register"; register: weft.management.v1.Register.$Shape; attach?: null; leave?: null }|{ message?: "attach"; register?: null; attach: weft.management.v1.Attach.$Shape; leave?: null }|{ message?: "leave"; register?: null; attach?: null; leave: weft.management.v1.Leave.$Shape })
                );
            }

            /**
             * Properties of a Register.
             * @deprecated Use weft.management.v1.Register.$Properties instead.
             */
            interface IRegister extends weft.management.v1.Register.$Properties {
            }

            /** Represents a Register. */
            class Register {

                /**
                 * Constructs a new Register.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.Register.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Register namespace. */
                namespace: string;

                /** Register service. */
                service: string;

                /** Register serviceAccount. */
                serviceAccount: string;

                /** Register node. */
                node: string;

                /** Register ports. */
                ports: number[];

                /** Register protocol. */
                protocol: string;

                /** Register labels. */
                labels: { [k: string]: string };

                /** Register networkMode. */
                networkMode: string;

                /** Register allowPlaintext. */
                allowPlaintext: boolean;

                /** Register publishPort. */
                publishPort: number;

                /** Register uid. */
                uid: string;

                /**
                 * Creates a new Register instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Register instance
                 */
                static create(properties: weft.management.v1.Register.$Shape): weft.management.v1.Register & weft.management.v1.Register.$Shape;
                static create(properties?: weft.management.v1.Register.$Properties): weft.management.v1.Register;

                /**
                 * Encodes the specified Register message. Does not implicitly {@link weft.management.v1.Register.verify|verify} messages.
                 * @param message Register message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.Register.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Register message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.Register & weft.management.v1.Register.$Shape} Register
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.Register & weft.management.v1.Register.$Shape;
            }

            namespace Register {

                /** Properties of a Register. */
                interface $Properties {

                    /** Register namespace */
                    namespace?: (string|null);

                    /** Register service */
                    service?: (string|null);

                    /** Register serviceAccount */
                    serviceAccount?: (string|null);

                    /** Register node */
                    node?: (string|null);

                    /** Register ports */
                    ports?: (number[]|null);

                    /** Register protocol */
                    protocol?: (string|null);

                    /** Register labels */
                    labels?: ({ [k: string]: string }|null);

                    /** Register networkMode */
                    networkMode?: (string|null);

                    /** Register allowPlaintext */
                    allowPlaintext?: (boolean|null);

                    /** Register publishPort */
                    publishPort?: (number|null);

                    /** Register uid */
                    uid?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Register. */
                type $Shape = weft.management.v1.Register.$Properties;
            }

            /**
             * Properties of an Attach.
             * @deprecated Use weft.management.v1.Attach.$Properties instead.
             */
            interface IAttach extends weft.management.v1.Attach.$Properties {
            }

            /** Represents an Attach. */
            class Attach {

                /**
                 * Constructs a new Attach.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.Attach.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Attach cgroupPath. */
                cgroupPath: string;

                /** Attach netnsPath. */
                netnsPath: string;

                /**
                 * Creates a new Attach instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Attach instance
                 */
                static create(properties: weft.management.v1.Attach.$Shape): weft.management.v1.Attach & weft.management.v1.Attach.$Shape;
                static create(properties?: weft.management.v1.Attach.$Properties): weft.management.v1.Attach;

                /**
                 * Encodes the specified Attach message. Does not implicitly {@link weft.management.v1.Attach.verify|verify} messages.
                 * @param message Attach message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.Attach.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Attach message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.Attach & weft.management.v1.Attach.$Shape} Attach
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.Attach & weft.management.v1.Attach.$Shape;
            }

            namespace Attach {

                /** Properties of an Attach. */
                interface $Properties {

                    /** Attach cgroupPath */
                    cgroupPath?: (string|null);

                    /** Attach netnsPath */
                    netnsPath?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Attach. */
                type $Shape = weft.management.v1.Attach.$Properties;
            }

            /**
             * Properties of a Leave.
             * @deprecated Use weft.management.v1.Leave.$Properties instead.
             */
            interface ILeave extends weft.management.v1.Leave.$Properties {
            }

            /** Represents a Leave. */
            class Leave {

                /**
                 * Constructs a new Leave.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.Leave.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new Leave instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Leave instance
                 */
                static create(properties: weft.management.v1.Leave.$Shape): weft.management.v1.Leave & weft.management.v1.Leave.$Shape;
                static create(properties?: weft.management.v1.Leave.$Properties): weft.management.v1.Leave;

                /**
                 * Encodes the specified Leave message. Does not implicitly {@link weft.management.v1.Leave.verify|verify} messages.
                 * @param message Leave message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.Leave.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Leave message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.Leave & weft.management.v1.Leave.$Shape} Leave
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.Leave & weft.management.v1.Leave.$Shape;
            }

            namespace Leave {

                /** Properties of a Leave. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Leave. */
                type $Shape = weft.management.v1.Leave.$Properties;
            }

            /**
             * Properties of a RunUpdate.
             * @deprecated Use weft.management.v1.RunUpdate.$Properties instead.
             */
            interface IRunUpdate extends weft.management.v1.RunUpdate.$Properties {
            }

            /** Represents a RunUpdate. */
            class RunUpdate {

                /**
                 * Constructs a new RunUpdate.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.RunUpdate.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RunUpdate registered. */
                registered?: (weft.discovery.v1.Workload.$Properties|null);

                /** RunUpdate enrolled. */
                enrolled?: (weft.management.v1.Enrolled.$Properties|null);

                /** RunUpdate refused. */
                refused?: (weft.management.v1.Refused.$Properties|null);

                /** RunUpdate message. */
                message?: ("registered"|"enrolled"|"refused");

                /**
                 * Creates a new RunUpdate instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RunUpdate instance
                 */
                static create(properties: weft.management.v1.RunUpdate.$Shape): weft.management.v1.RunUpdate & weft.management.v1.RunUpdate.$Shape;
                static create(properties?: weft.management.v1.RunUpdate.$Properties): weft.management.v1.RunUpdate;

                /**
                 * Encodes the specified RunUpdate message. Does not implicitly {@link weft.management.v1.RunUpdate.verify|verify} messages.
                 * @param message RunUpdate message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.RunUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RunUpdate message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.RunUpdate & weft.management.v1.RunUpdate.$Shape} RunUpdate
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.RunUpdate & weft.management.v1.RunUpdate.$Shape;
            }

            namespace RunUpdate {

                /** Properties of a RunUpdate. */
                interface $Properties {

                    /** RunUpdate registered */
                    registered?: (weft.discovery.v1.Workload.$Properties|null);

                    /** RunUpdate enrolled */
                    enrolled?: (weft.management.v1.Enrolled.$Properties|null);

                    /** RunUpdate refused */
                    refused?: (weft.management.v1.Refused.$Properties|null);

                    /** RunUpdate message */
                    message?: ("registered"|"enrolled"|"refused");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a RunUpdate. */
                type $Shape = {
                  registered?: weft.discovery.v1.Workload.$Shape|null;
                  enrolled?: weft.management.v1.Enrolled.$Shape|null;
                  refused?: weft.management.v1.Refused.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; registered?: null; enrolled?: null; refused?: null }|{ message?: "registered"; registered: weft.discovery.v1.Workload.$Shape; enrolled?: null; refused?: null }|{ message?: "enrolled"; registered?: null; enrolled: weft.management.v1.Enrolled.$Shape; refused?: null }|{ message?: "refused"; registered?: null; enrolled?: null; refused: weft.management.v1.Refused.$Shape })
                );
            }

            /**
             * Properties of an Enrolled.
             * @deprecated Use weft.management.v1.Enrolled.$Properties instead.
             */
            interface IEnrolled extends weft.management.v1.Enrolled.$Properties {
            }

            /** Represents an Enrolled. */
            class Enrolled {

                /**
                 * Constructs a new Enrolled.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.Enrolled.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Enrolled environment. */
                environment: { [k: string]: string };

                /**
                 * Creates a new Enrolled instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Enrolled instance
                 */
                static create(properties: weft.management.v1.Enrolled.$Shape): weft.management.v1.Enrolled & weft.management.v1.Enrolled.$Shape;
                static create(properties?: weft.management.v1.Enrolled.$Properties): weft.management.v1.Enrolled;

                /**
                 * Encodes the specified Enrolled message. Does not implicitly {@link weft.management.v1.Enrolled.verify|verify} messages.
                 * @param message Enrolled message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.Enrolled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Enrolled message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.Enrolled & weft.management.v1.Enrolled.$Shape} Enrolled
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.Enrolled & weft.management.v1.Enrolled.$Shape;
            }

            namespace Enrolled {

                /** Properties of an Enrolled. */
                interface $Properties {

                    /** Enrolled environment */
                    environment?: ({ [k: string]: string }|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Enrolled. */
                type $Shape = weft.management.v1.Enrolled.$Properties;
            }

            /**
             * Properties of a Refused.
             * @deprecated Use weft.management.v1.Refused.$Properties instead.
             */
            interface IRefused extends weft.management.v1.Refused.$Properties {
            }

            /** Represents a Refused. */
            class Refused {

                /**
                 * Constructs a new Refused.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.management.v1.Refused.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Refused reason. */
                reason: string;

                /**
                 * Creates a new Refused instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Refused instance
                 */
                static create(properties: weft.management.v1.Refused.$Shape): weft.management.v1.Refused & weft.management.v1.Refused.$Shape;
                static create(properties?: weft.management.v1.Refused.$Properties): weft.management.v1.Refused;

                /**
                 * Encodes the specified Refused message. Does not implicitly {@link weft.management.v1.Refused.verify|verify} messages.
                 * @param message Refused message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.management.v1.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Refused message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.management.v1.Refused & weft.management.v1.Refused.$Shape} Refused
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.management.v1.Refused & weft.management.v1.Refused.$Shape;
            }

            namespace Refused {

                /** Properties of a Refused. */
                interface $Properties {

                    /** Refused reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Refused. */
                type $Shape = weft.management.v1.Refused.$Properties;
            }
        }
    }

    /** Namespace policy. */
    namespace policy {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a DecideRequest.
             * @deprecated Use weft.policy.v1.DecideRequest.$Properties instead.
             */
            interface IDecideRequest extends weft.policy.v1.DecideRequest.$Properties {
            }

            /** Represents a DecideRequest. */
            class DecideRequest {

                /**
                 * Constructs a new DecideRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.policy.v1.DecideRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DecideRequest namespace. */
                namespace: string;

                /** DecideRequest labels. */
                labels: { [k: string]: string };

                /** DecideRequest services. */
                services: string[];

                /** DecideRequest port. */
                port: number;

                /** DecideRequest source. */
                source: string;

                /** DecideRequest method. */
                method: string;

                /** DecideRequest path. */
                path: string;

                /**
                 * Creates a new DecideRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DecideRequest instance
                 */
                static create(properties: weft.policy.v1.DecideRequest.$Shape): weft.policy.v1.DecideRequest & weft.policy.v1.DecideRequest.$Shape;
                static create(properties?: weft.policy.v1.DecideRequest.$Properties): weft.policy.v1.DecideRequest;

                /**
                 * Encodes the specified DecideRequest message. Does not implicitly {@link weft.policy.v1.DecideRequest.verify|verify} messages.
                 * @param message DecideRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.policy.v1.DecideRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DecideRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.policy.v1.DecideRequest & weft.policy.v1.DecideRequest.$Shape} DecideRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.policy.v1.DecideRequest & weft.policy.v1.DecideRequest.$Shape;
            }

            namespace DecideRequest {

                /** Properties of a DecideRequest. */
                interface $Properties {

                    /** DecideRequest namespace */
                    namespace?: (string|null);

                    /** DecideRequest labels */
                    labels?: ({ [k: string]: string }|null);

                    /** DecideRequest services */
                    services?: (string[]|null);

                    /** DecideRequest port */
                    port?: (number|null);

                    /** DecideRequest source */
                    source?: (string|null);

                    /** DecideRequest method */
                    method?: (string|null);

                    /** DecideRequest path */
                    path?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DecideRequest. */
                type $Shape = weft.policy.v1.DecideRequest.$Properties;
            }

            /**
             * Properties of a DecideResponse.
             * @deprecated Use weft.policy.v1.DecideResponse.$Properties instead.
             */
            interface IDecideResponse extends weft.policy.v1.DecideResponse.$Properties {
            }

            /** Represents a DecideResponse. */
            class DecideResponse {

                /**
                 * Constructs a new DecideResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: weft.policy.v1.DecideResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DecideResponse allowed. */
                allowed: boolean;

                /** DecideResponse rule. */
                rule: string;

                /** DecideResponse message. */
                message: string;

                /** DecideResponse revision. */
                revision: number;

                /**
                 * Creates a new DecideResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns DecideResponse instance
                 */
                static create(properties: weft.policy.v1.DecideResponse.$Shape): weft.policy.v1.DecideResponse & weft.policy.v1.DecideResponse.$Shape;
                static create(properties?: weft.policy.v1.DecideResponse.$Properties): weft.policy.v1.DecideResponse;

                /**
                 * Encodes the specified DecideResponse message. Does not implicitly {@link weft.policy.v1.DecideResponse.verify|verify} messages.
                 * @param message DecideResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: weft.policy.v1.DecideResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DecideResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {weft.policy.v1.DecideResponse & weft.policy.v1.DecideResponse.$Shape} DecideResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): weft.policy.v1.DecideResponse & weft.policy.v1.DecideResponse.$Shape;
            }

            namespace DecideResponse {

                /** Properties of a DecideResponse. */
                interface $Properties {

                    /** DecideResponse allowed */
                    allowed?: (boolean|null);

                    /** DecideResponse rule */
                    rule?: (string|null);

                    /** DecideResponse message */
                    message?: (string|null);

                    /** DecideResponse revision */
                    revision?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DecideResponse. */
                type $Shape = weft.policy.v1.DecideResponse.$Properties;
            }
        }
    }
}
