export {
  LangChainInstrumentation,
  type LangChainInstrumentationConfig,
} from './langchain-instrumentation.ts';
