// What an application imports of LangChain 0.3, flat.
export * from '@langchain/core/callbacks/manager';
export * from '@langchain/core/documents';
export * from '@langchain/core/language_models/chat_models';
export * from '@langchain/core/messages';
export * from '@langchain/core/output_parsers';
export * from '@langchain/core/outputs';
export * from '@langchain/core/prompts';
export * from '@langchain/core/retrievers';
export * from '@langchain/core/runnables';
export * from '@langchain/core/singletons';
export * from '@langchain/core/tools';
export * from '@langchain/core/utils/testing';
export * from '@langchain/langgraph';
export { createReactAgent } from '@langchain/langgraph/prebuilt';
export { ChatOpenAI } from '@langchain/openai';
export { AgentExecutor, createToolCallingAgent } from 'langchain/agents';
