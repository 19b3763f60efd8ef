import { z } from 'zod';
import {
  type Case,
  answered,
  asked,
  base,
  collect,
  loop,
  run,
  stable,
  stream,
  toolSpan,
  tools,
  usage,
  streamedLoop,
} from './calls.ts';

/** Tools and agents. */
export const loops: readonly Case[] = [
  {
    name: 'tool loop',
    scripts: loop,
    async run(client) {
      const result = await client.ai.generateText({
        ...base(client),
        tools: tools(client),
        stopWhen: client.ai.stepCountIs(3),
      });
      return stable({ text: result.text, steps: result.steps, messages: result.response.messages });
    },
    spans: [asked, toolSpan('track'), answered, run],
  },
  {
    name: 'tool loop, streamed',
    scripts: loop,
    async run(client) {
      const stopWhen = client.ai.stepCountIs(3);
      const { result } = stream(client, { tools: tools(client), stopWhen });
      return stable(await collect(result.fullStream));
    },
    ...streamedLoop,
  },
  {
    name: 'a tool that throws',
    scripts: loop,
    async run(client) {
      const track = client.ai.tool({
        inputSchema: z.object({ id: z.number() }),
        execute: (): string => {
          throw new RangeError('no such parcel');
        },
      });
      const stopWhen = client.ai.stepCountIs(3);
      const result = await client.ai.generateText({ ...base(client), tools: { track }, stopWhen });
      return stable(result.steps.map(({ content }) => content));
    },
    spans: [asked, { ...toolSpan('track'), errorType: 'RangeError' }, answered, run],
  },
  {
    name: 'a tool that tells its progress',
    scripts: loop,
    async run(client) {
      const track = client.ai.tool({
        inputSchema: z.object({ id: z.number() }),
        async *execute() {
          yield 'looking';
          yield 'in Lyon';
        },
      });
      const stopWhen = client.ai.stepCountIs(3);
      const { result } = stream(client, { tools: { track }, stopWhen });
      return stable(await collect(result.fullStream));
    },
    ...streamedLoop,
  },
  {
    name: 'a tool that waits for a human',
    scripts: [loop[0]!],
    async run(client) {
      const track = client.ai.tool({
        inputSchema: z.object({ id: z.number() }),
        needsApproval: true,
        execute: () => Promise.resolve('in Lyon'),
      });
      const { content } = await client.ai.generateText({ ...base(client), tools: { track } });
      return content.map(({ type }) => type);
    },
    spans: [asked, run],
  },
  {
    name: 'wrong arguments of a tool',
    scripts: [
      { toolCalls: [{ name: 'track', arguments: '{"id":"seven"}', id: 'call_1' }], usage },
      { text: 'Sorry.', usage },
    ],
    async run(client) {
      const stopWhen = client.ai.stepCountIs(3);
      const result = await client.ai.generateText({
        ...base(client),
        tools: tools(client),
        stopWhen,
      });
      return { text: result.text, content: result.steps[0]?.content.map(({ type }) => type) };
    },
    spans: [asked, answered, run],
  },
  {
    name: 'an agent',
    scripts: loop,
    async run(client) {
      const { prompt: asking, ...settings } = base(client);
      const stopWhen = client.ai.stepCountIs(3);
      const desk = new client.ai.ToolLoopAgent({ ...settings, tools: tools(client), stopWhen });
      return (await desk.generate({ prompt: asking })).text;
    },
    spans: [asked, toolSpan('track'), answered, run],
  },
  {
    name: 'an agent, streamed',
    scripts: loop,
    async run(client) {
      const { prompt: asking, ...settings } = base(client);
      const stopWhen = client.ai.stepCountIs(3);
      const desk = new client.ai.ToolLoopAgent({ ...settings, tools: tools(client), stopWhen });
      return collect((await desk.stream({ prompt: asking })).textStream);
    },
    ...streamedLoop,
  },
];
