{{/* Made from the settings of the apps by `npm run chart`; do not edit. */}}

{{- define "weft.settings.ca" -}}
{{- with .Values.ca.settings.svidLifetime }}
- {{ printf "--svid-lifetime=%s" . | quote }}
{{- end }}
{{- end }}

{{- define "weft.settings.controlPlane" -}}
{{- end }}

{{- define "weft.settings.policy" -}}
{{- end }}

{{- define "weft.settings.agent" -}}
{{- with .Values.agent.settings.directPath }}
- {{ printf "--direct-path=%s" . | quote }}
{{- end }}
- {{ printf "--workers=%d" (int64 .Values.agent.settings.workers) | quote }}
- {{ printf "--connections-max=%d" (int64 .Values.agent.settings.connectionsMax) | quote }}
- {{ printf "--connections-per-caller-max=%d" (int64 .Values.agent.settings.connectionsPerCallerMax) | quote }}
{{- with .Values.agent.settings.drainTimeout }}
- {{ printf "--drain-timeout=%s" . | quote }}
{{- end }}
- {{ printf "--access-log=%v" .Values.agent.settings.accessLog | quote }}
{{- with .Values.agent.settings.httpIdleTimeout }}
- {{ printf "--http-idle-timeout=%s" . | quote }}
{{- end }}
{{- with .Values.agent.settings.httpBodyTimeout }}
- {{ printf "--http-body-timeout=%s" . | quote }}
{{- end }}
- {{ printf "--http-body-bytes-min=%d" (int64 .Values.agent.settings.httpBodyBytesMin) | quote }}
{{- with .Values.agent.settings.httpReaderTimeout }}
- {{ printf "--http-reader-timeout=%s" . | quote }}
{{- end }}
- {{ printf "--http-reader-bytes-min=%d" (int64 .Values.agent.settings.httpReaderBytesMin) | quote }}
{{- with .Values.agent.settings.httpLinger }}
- {{ printf "--http-linger=%s" . | quote }}
{{- end }}
- {{ printf "--http-drop-bytes-max=%d" (int64 .Values.agent.settings.httpDropBytesMax) | quote }}
{{- with .Values.agent.settings.http1HeadTimeout }}
- {{ printf "--http1-head-timeout=%s" . | quote }}
{{- end }}
- {{ printf "--http1-head-bytes-max=%d" (int64 .Values.agent.settings.http1HeadBytesMax) | quote }}
- {{ printf "--http1-start-line-bytes-max=%d" (int64 .Values.agent.settings.http1StartLineBytesMax) | quote }}
- {{ printf "--http1-field-line-bytes-max=%d" (int64 .Values.agent.settings.http1FieldLineBytesMax) | quote }}
- {{ printf "--http1-fields-max=%d" (int64 .Values.agent.settings.http1FieldsMax) | quote }}
- {{ printf "--http1-trailer-bytes-max=%d" (int64 .Values.agent.settings.http1TrailerBytesMax) | quote }}
- {{ printf "--http1-chunk-extension-bytes-max=%d" (int64 .Values.agent.settings.http1ChunkExtensionBytesMax) | quote }}
- {{ printf "--http1-chunk-extensions-bytes-max=%d" (int64 .Values.agent.settings.http1ChunkExtensionsBytesMax) | quote }}
- {{ printf "--http1-interim-heads-max=%d" (int64 .Values.agent.settings.http1InterimHeadsMax) | quote }}
- {{ printf "--http1-connection-options-max=%d" (int64 .Values.agent.settings.http1ConnectionOptionsMax) | quote }}
- {{ printf "--http1-pipelined-bytes-max=%d" (int64 .Values.agent.settings.http1PipelinedBytesMax) | quote }}
- {{ printf "--http1-unread-bytes-max=%d" (int64 .Values.agent.settings.http1UnreadBytesMax) | quote }}
- {{ printf "--http2-streams-max=%d" (int64 .Values.agent.settings.http2StreamsMax) | quote }}
- {{ printf "--http2-header-list-bytes-max=%d" (int64 .Values.agent.settings.http2HeaderListBytesMax) | quote }}
- {{ printf "--http2-header-fields-max=%d" (int64 .Values.agent.settings.http2HeaderFieldsMax) | quote }}
- {{ printf "--http2-header-block-bytes-max=%d" (int64 .Values.agent.settings.http2HeaderBlockBytesMax) | quote }}
- {{ printf "--http2-continuation-frames-max=%d" (int64 .Values.agent.settings.http2ContinuationFramesMax) | quote }}
- {{ printf "--http2-settings-entries-max=%d" (int64 .Values.agent.settings.http2SettingsEntriesMax) | quote }}
- {{ printf "--http2-interim-replies-max=%d" (int64 .Values.agent.settings.http2InterimRepliesMax) | quote }}
{{- with .Values.agent.settings.http2FloodWindow }}
- {{ printf "--http2-flood-window=%s" . | quote }}
{{- end }}
- {{ printf "--http2-early-resets-per-window-max=%d" (int64 .Values.agent.settings.http2EarlyResetsPerWindowMax) | quote }}
- {{ printf "--http2-resets-per-window-max=%d" (int64 .Values.agent.settings.http2ResetsPerWindowMax) | quote }}
- {{ printf "--http2-provoked-resets-per-window-max=%d" (int64 .Values.agent.settings.http2ProvokedResetsPerWindowMax) | quote }}
- {{ printf "--http2-settings-per-window-max=%d" (int64 .Values.agent.settings.http2SettingsPerWindowMax) | quote }}
- {{ printf "--http2-pings-per-window-max=%d" (int64 .Values.agent.settings.http2PingsPerWindowMax) | quote }}
- {{ printf "--http2-empty-data-per-window-max=%d" (int64 .Values.agent.settings.http2EmptyDataPerWindowMax) | quote }}
- {{ printf "--http2-priorities-per-window-max=%d" (int64 .Values.agent.settings.http2PrioritiesPerWindowMax) | quote }}
- {{ printf "--http2-small-window-updates-per-window-max=%d" (int64 .Values.agent.settings.http2SmallWindowUpdatesPerWindowMax) | quote }}
- {{ printf "--http2-small-data-per-window-max=%d" (int64 .Values.agent.settings.http2SmallDataPerWindowMax) | quote }}
- {{ printf "--http2-ignored-frames-per-window-max=%d" (int64 .Values.agent.settings.http2IgnoredFramesPerWindowMax) | quote }}
- {{ printf "--http2-unsent-bytes-max=%d" (int64 .Values.agent.settings.http2UnsentBytesMax) | quote }}
{{- with .Values.agent.settings.http2SettingsTimeout }}
- {{ printf "--http2-settings-timeout=%s" . | quote }}
{{- end }}
{{- with .Values.agent.settings.http2HeaderBlockTimeout }}
- {{ printf "--http2-header-block-timeout=%s" . | quote }}
{{- end }}
{{- with .Values.agent.settings.http2KeepAlive }}
- {{ printf "--http2-keep-alive=%s" . | quote }}
{{- end }}
- {{ printf "--hbone-tunnels-max=%d" (int64 .Values.agent.settings.hboneTunnelsMax) | quote }}
- {{ printf "--hbone-tunnels-per-connection-max=%d" (int64 .Values.agent.settings.hboneTunnelsPerConnectionMax) | quote }}
- {{ printf "--hbone-connections-max=%d" (int64 .Values.agent.settings.hboneConnectionsMax) | quote }}
- {{ printf "--hbone-pending-max=%d" (int64 .Values.agent.settings.hbonePendingMax) | quote }}
- {{ printf "--hbone-held-bytes-max=%d" (int64 .Values.agent.settings.hboneHeldBytesMax) | quote }}
{{- end }}
