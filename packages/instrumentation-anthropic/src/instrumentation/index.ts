export {
  AnthropicInstrumentation,
  type AnthropicInstrumentationConfig,
} from './anthropic-instrumentation.ts';
