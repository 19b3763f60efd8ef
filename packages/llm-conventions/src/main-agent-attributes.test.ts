import { expect, test } from 'vitest';
import { mainAgentAttributes } from './main-agent-attributes.ts';

test('the main agent of a process is described by attributes of the resource', () => {
  expect(mainAgentAttributes({ id: 'agent_7' })).toEqual({ 'gen_ai.main_agent.id': 'agent_7' });
  expect(mainAgentAttributes({ id: 'a', name: 'desk', description: 'answers' })).toEqual({
    'gen_ai.main_agent.id': 'a',
    'gen_ai.main_agent.name': 'desk',
    'gen_ai.main_agent.description': 'answers',
  });
});

test('an agent without a stable id is not described', () => {
  expect(() => mainAgentAttributes({ id: '' })).toThrow('id is "": use the stable id');
});
