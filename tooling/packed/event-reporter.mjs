// A reporter for `node --test` that prints one JSON line for each test: plain JavaScript, because the oldest
// supported Node.js runs it.
export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    yield `${JSON.stringify({
      type,
      name: data.name,
      nesting: data.nesting,
      skipped: data.skip !== undefined || data.todo !== undefined,
      millis: data.details?.duration_ms,
      error:
        error === undefined ? undefined : String(error.cause?.stack ?? error.cause ?? error.stack),
    })}\n`;
  }
}
