export { type BaggagePropagatorOptions, w3cBaggagePropagator } from './baggage-propagator.ts';
export { type HeaderCarrier, headerGetter, headerSetter, type HeadersLike } from './carriers.ts';
export { compositePropagator } from './composite-propagator.ts';
export { type CopyBaggageOptions, copyBaggageToSpans } from './copy-baggage-to-spans.ts';
export { type ContextEnvelope, extractEnvelope, injectEnvelope } from './envelope.ts';
export { extractHeaders, injectHeaders } from './headers.ts';
export { linksTo, linkTo } from './link-to.ts';
export {
  type EnvironmentVariables,
  extractEnvironment,
  injectEnvironment,
} from './process-environment.ts';
export { type TraceContextOptions, w3cTraceContextPropagator } from './trace-context-propagator.ts';
export { HeaderTraceState } from './trace-state.ts';
export { propagatorByHost, type PropagatorByHostOptions } from './propagator-by-host.ts';
export { formatTraceparent, parseTraceparent } from './traceparent.ts';
export { w3cPropagator, type W3cPropagatorOptions } from './w3c-propagator.ts';
export { contextFromJson, contextToJson } from './context-json.ts';
export { type B3Options, loadB3Propagator } from './b3-propagator.ts';
export { jaegerPropagator } from './jaeger-propagator.ts';
export { extractMcp, injectMcp, type McpMeta, type McpParams, type McpParent } from './mcp.ts';
export {
  type CloudEventPrefix,
  extractCloudEvent,
  injectCloudEvent,
  injectCloudEventHeaders,
} from './messages/cloud-event.ts';
export { extractMessage } from './messages/extract-message.ts';
export { injectMessage } from './messages/inject-message.ts';
export type { MessageSystem } from './messages/message-system.ts';
export {
  type BaggageItem,
  baggageItem,
  type BaggageItemOptions,
  type BaggageItemType,
  baggageKeysOf,
  type BaggageValue,
} from './baggage-item.ts';
export { bindAsyncIterable } from './binding/bind-async-iterable.ts';
export { bindContext } from './binding/bind-context.ts';
export { bindEmitter, type ListenerHost } from './binding/bind-emitter.ts';
export { copyIdentityToSpans } from './identity/copy-identity-to-spans.ts';
export {
  IDENTITY_KEYS,
  type RunIdentity,
  setIdentity,
  type SetIdentityOptions,
  withIdentity,
} from './identity/run-identity.ts';
