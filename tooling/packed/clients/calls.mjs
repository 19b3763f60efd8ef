// What the applications do with the official clients: one call of each kind, against the emulator.
import { ChatOpenAI } from '@langchain/openai';
import { GoogleGenAI } from '@google/genai';
import { createOpenAI } from '@ai-sdk/openai';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { McpServer } from '@modelcontextprotocol/server';
import Anthropic from '@anthropic-ai/sdk';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { generateText } from 'ai';
import OpenAI from 'openai';

const baseURL = `${process.env.MODELS}/v1`;

/** The clients as an application makes them. */
export function makeClients() {
  return {
    openai: new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: process.env.MODELS, apiKey: 'none', maxRetries: 0 }),
    google: new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: process.env.MODELS } }),
    bedrock: new BedrockRuntimeClient({
      endpoint: process.env.MODELS,
      region: 'us-east-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      maxAttempts: 1,
    }),
    server: new McpServer({ name: 'parcels', version: '1.0.0' }),
    client: new Client({ name: 'desk', version: '1.0.0' }),
  };
}

/** @param callbacks handlers of LangChain, where the application has some */
export async function makeCalls(
  { openai, anthropic, google, bedrock, server, client },
  callbacks = [],
) {
  const messages = [{ role: 'user', content: 'Where is my parcel?' }];
  await openai.chat.completions.create({ model: 'gpt-5-mini', messages });
  const stream = await openai.responses.create({ model: 'gpt-5', input: 'Where?', stream: true });
  for await (const _ of stream) break;
  await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 9, messages });
  const gemini = { model: 'gemini-2.5-flash', contents: 'Where is my parcel?' };
  for await (const _ of await google.models.generateContentStream(gemini)) break;
  const interaction = { model: 'gemini-3.5-flash', input: 'Where is my parcel?', stream: true };
  for await (const _ of await google.interactions.create(interaction));
  await bedrock.send(
    new ConverseCommand({
      modelId: 'amazon.nova-lite-v1:0',
      messages: [{ role: 'user', content: [{ text: 'Where is my parcel?' }] }],
    }),
  );
  bedrock.destroy();
  await generateText({
    model: createOpenAI({ baseURL, apiKey: 'none' }).chat('gpt-5-nano'),
    prompt: 'Where is my parcel?',
    telemetry: { functionId: 'desk' },
  });
  const model = new ChatOpenAI({ model: 'gpt-4.1', apiKey: 'none', configuration: { baseURL } });
  await model.invoke('Where is my parcel?', { callbacks });
  server.registerTool('locate', {}, () => ({ content: [{ type: 'text', text: 'Lyon' }] }));
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  await client.callTool({ name: 'locate' });
}
