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
export { w3cTraceContextPropagator } from './trace-context-propagator.ts';
export { HeaderTraceState } from './trace-state.ts';
export { formatTraceparent, parseTraceparent } from './traceparent.ts';
export { w3cPropagator, type W3cPropagatorOptions } from './w3c-propagator.ts';
