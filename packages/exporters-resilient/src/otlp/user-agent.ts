/** Who sends, for the logs of receivers, in the form of the OTLP exporter specification. A header of the user wins. */
export const USER_AGENT = 'OTel-OTLP-Exporter-JavaScript/llm-otel';
