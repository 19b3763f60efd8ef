export { createLangChainHandler, type LangChainOptions } from './langchain-handler.ts';
export type { CallbackHandler } from './handler-shape.ts';
export { instrument } from './instrument.ts';
export type { LangChainClasses } from './wrap-classes.ts';
