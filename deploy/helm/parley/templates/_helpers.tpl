{{- define "parley.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 63 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "parley.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* No service and no budget has these in mind. */}}
{{- define "parley.workers" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-worker
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "parley.marks" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "parley.labels" -}}
{{ include "parley.marks" . }}
{{ include "parley.selector" . }}
{{- end }}

{{- define "parley.secret" -}}
{{ .Values.existingSecret | default (include "parley.name" .) }}
{{- end }}

{{/* What people open. */}}
{{- define "parley.address" -}}
http{{ if .Values.ingress.tlsSecret }}s{{ end }}://{{ .Values.ingress.host }}
{{- end }}

{{/* A probe is addressed to a host that Parley answers for. */}}
{{- define "parley.probe" -}}
{{- $root := index . 0 -}}
httpGet:
  path: {{ index . 1 }}
  port: http
  {{- with $root.Values.settings.ALLOWED_HOSTS }}
  httpHeaders:
    - name: Host
      value: {{ . | splitList "," | first | trimAll "[]\" " | trimPrefix "." | replace "*" "localhost" | quote }}
  {{- end }}
{{- end }}
