export {
  OpenAiInstrumentation,
  type OpenAiInstrumentationConfig,
} from './openai-instrumentation.ts';
