{{/*
What the Deployments of control plane, CA and policy service share. Each takes (dict "root" $ "part" "weft-ca" "values" .Values.ca).
*/}}

{{- define "weft.labels" -}}
app.kubernetes.io/name: {{ .part }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: weft
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "weft.selector" -}}
app.kubernetes.io/name: {{ .part }}
app.kubernetes.io/part-of: weft
{{- end }}

{{- define "weft.image" -}}
{{- with .root.Values.image.registry }}{{ . }}/{{ end }}{{ .values.image }}:{{ default .root.Chart.AppVersion .root.Values.image.tag }}
{{- end }}

{{- define "weft.podMetadata" -}}
labels:
  {{- include "weft.labels" . | nindent 2 }}
  # A part of the mesh is not in the mesh: it has mTLS of its own, and the mesh needs it to begin.
  weft.dev/mesh: disabled
  {{- with .values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  prometheus.io/scrape: "true"
  prometheus.io/port: {{ .metricsPort | quote }}
  {{- with .values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "weft.placement" -}}
serviceAccountName: {{ .part }}
# Variables of Services, such as WEFT_CA_SERVICE_HOST, would be taken for settings.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Replicas on different nodes where there are several: a node that is lost takes one of them at most. */}}
{{- define "weft.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "weft.selector" . | nindent 8 }}
    matchLabelKeys:
      - pod-template-hash
{{- end }}

{{/* Meets the Pod Security Standard "restricted". */}}
{{- define "weft.restrictedPod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{- define "weft.restrictedContainer" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
{{- end }}

{{/* Alive as soon as the process answers, ready once it serves; it may wait for the API server or the CA as long as that takes. */}}
{{- define "weft.probes" -}}
startupProbe:
  httpGet:
    path: /healthz/live
    port: metrics
  periodSeconds: 1
  failureThreshold: 60
livenessProbe:
  httpGet:
    path: /healthz/live
    port: metrics
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /healthz/ready
    port: metrics
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 2
# Connections still come for a moment after the pod is no endpoint any more.
lifecycle:
  preStop:
    sleep:
      seconds: 2
{{- end }}

{{/* The projected token by which a part joins, which kubelet replaces in time. */}}
{{- define "weft.tokenVolume" -}}
- name: token
  projected:
    sources:
      - serviceAccountToken:
          audience: weft-ca
          expirationSeconds: 3600
          path: token
{{- end }}

{{- define "weft.joinArgs" -}}
- --platform=kubernetes
- --namespace={{ .root.Release.Namespace }}
- --trust-domain={{ .root.Values.trustDomain }}
- --log-level={{ .root.Values.logLevel }}
- --ca-address=weft-ca:15012
- --join-token-file=/var/run/secrets/weft/token
{{- end }}
