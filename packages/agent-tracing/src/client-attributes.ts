import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@llm-otel/llm-conventions';

export interface ServiceOptions {
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

/** The attributes that the start of a client span and the duration metric share. */
export function clientAttributes(operation: string, service: ServiceOptions): Attributes {
  const attributes: Attributes = { [ATTR_GEN_AI_OPERATION_NAME]: operation };
  if (service.provider !== undefined) attributes[ATTR_GEN_AI_PROVIDER_NAME] = service.provider;
  if (service.model !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = service.model;
  if (service.serverAddress !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = service.serverAddress;
    if (service.serverPort !== undefined) attributes[ATTR_SERVER_PORT] = service.serverPort;
  }
  return attributes;
}
