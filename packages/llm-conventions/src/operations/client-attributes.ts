import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';

interface ServiceOptions {
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
  setServer(attributes, service);
  return attributes;
}

/** A port without a host says nothing. */
export function setServer(
  attributes: Attributes,
  { serverAddress, serverPort }: Pick<ServiceOptions, 'serverAddress' | 'serverPort'>,
): void {
  if (serverAddress === undefined) return;
  attributes[ATTR_SERVER_ADDRESS] = serverAddress;
  if (serverPort !== undefined) attributes[ATTR_SERVER_PORT] = serverPort;
}

/** `chat gpt-5`, or the operation alone where there is nothing to name it after. */
export function nameOf(operation: string, subject: string | undefined): string {
  return subject === undefined ? operation : `${operation} ${subject}`;
}
