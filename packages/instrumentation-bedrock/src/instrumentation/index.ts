export {
  BedrockInstrumentation,
  type BedrockInstrumentationConfig,
} from './bedrock-instrumentation.ts';
