export {
  GoogleGenAiInstrumentation,
  type GoogleGenAiInstrumentationConfig,
} from './google-genai-instrumentation.ts';
