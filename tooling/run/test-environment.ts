/** Settings of the user that would change what the tests do, or send something somewhere. */
const ofTheUser =
  /^(OTEL_|LLM_OTEL_|OPENAI_|ANTHROPIC_|AWS_|NODE_OPTIONS$|NODE_V8_COVERAGE$|FORCE_COLOR$|COLORTERM$)/;

/** The environment for the steps of `npm test`: the same on every machine. */
export function testEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !ofTheUser.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', TURBO_UI: 'false' };
}
