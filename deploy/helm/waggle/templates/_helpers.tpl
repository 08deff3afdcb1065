{{- define "waggle.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "waggle.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "waggle.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "waggle.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "waggle.selector" -}}
app.kubernetes.io/name: {{ include "waggle.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "waggle.labels" -}}
{{ include "waggle.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "waggle.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* Where a pod's name is answered for, by the headless Service. */}}
{{- define "waggle.podDomain" -}}
{{ include "waggle.fullname" . }}-headless.{{ .Release.Namespace }}.svc.{{ .Values.cluster.domain }}
{{- end -}}

{{/* The first three pods: enough to find the others, and the first of them is the one that begins a cluster. */}}
{{- define "waggle.seeds" -}}
{{- $seeds := list -}}
{{- range $i := until (int (min 3 .Values.replicas)) -}}
{{- $seeds = append $seeds (printf "%s-%d.%s:7460" (include "waggle.fullname" $) $i (include "waggle.podDomain" $)) -}}
{{- end -}}
{{- join "," $seeds -}}
{{- end -}}

{{- define "waggle.scheme" -}}
{{- if .Values.api.tls.existingSecret -}}https{{- else -}}http{{- end -}}
{{- end -}}
