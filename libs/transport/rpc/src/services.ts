import { weft } from '@weft/proto'
import { methodsOf } from './service.ts'

const { ca, discovery, management, policy } = weft

const discoveryMethods = methodsOf('weft.discovery.v1.Discovery')
/** proto/weft/discovery/v1/discovery.proto */
export const discoveryService = {
  subscribe: discoveryMethods.duplex('Subscribe', discovery.v1.DeltaRequest, discovery.v1.DeltaResponse),
  report: discoveryMethods.clientStream('Report', discovery.v1.TrafficReport, discovery.v1.ReportSummary),
  checkIdentity: discoveryMethods.unary(
    'CheckIdentity',
    discovery.v1.CheckIdentityRequest,
    discovery.v1.CheckIdentityResponse,
  ),
} as const

/** The part of it that replicas of the control plane ask of each other. */
export const replicasService = {
  follow: discoveryMethods.duplex('Follow', discovery.v1.FollowRequest, discovery.v1.ReplicaReport),
} as const

const policiesMethods = methodsOf('weft.policy.v1.Policies')
/** proto/weft/policy/v1/policy.proto */
export const policiesService = {
  watch: policiesMethods.duplex('Watch', discovery.v1.DeltaRequest, discovery.v1.DeltaResponse),
  decide: policiesMethods.unary('Decide', policy.v1.DecideRequest, policy.v1.DecideResponse),
} as const

const certificatesMethods = methodsOf('weft.ca.v1.Certificates')
/** proto/weft/ca/v1/ca.proto */
export const certificatesService = {
  join: certificatesMethods.unary('Join', ca.v1.JoinRequest, ca.v1.CertificateResponse),
  renew: certificatesMethods.unary('Renew', ca.v1.RenewRequest, ca.v1.CertificateResponse),
  issue: certificatesMethods.unary('Issue', ca.v1.IssueRequest, ca.v1.CertificateResponse),
} as const

const managementMethods = methodsOf('weft.management.v1.Management')
/** proto/weft/management/v1/management.proto */
export const managementService = {
  apply: managementMethods.unary('Apply', management.v1.ApplyRequest, management.v1.ApplyResponse),
  get: managementMethods.unary('Get', management.v1.GetRequest, management.v1.GetResponse),
  delete: managementMethods.unary('Delete', management.v1.DeleteRequest, management.v1.DeleteResponse),
  wait: managementMethods.unary('Wait', management.v1.WaitRequest, management.v1.WaitResponse),
  status: managementMethods.unary('Status', management.v1.StatusRequest, management.v1.StatusResponse),
  stat: managementMethods.unary('Stat', management.v1.StatRequest, management.v1.StatResponse),
  explain: managementMethods.unary('Explain', management.v1.ExplainRequest, management.v1.ExplainResponse),
  run: managementMethods.duplex('Run', management.v1.RunRequest, management.v1.RunUpdate),
} as const
