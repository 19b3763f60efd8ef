/**
 * Whether `host` is one of `servers` or below it: `eu.api.openai.com` for `api.openai.com`. A label `*` stands for any one
 * label, such as the region in `bedrock-runtime.*.amazonaws.com`.
 */
export function isOneOf(servers: readonly string[], host: string): boolean {
  const name = host.toLowerCase();
  return servers.some((server) =>
    server.includes('*') ? fits(server, name) : name === server || name.endsWith(`.${server}`),
  );
}

function fits(server: string, host: string): boolean {
  const wanted = server.split('.');
  const labels = host.split('.').slice(-wanted.length);
  return (
    labels.length === wanted.length &&
    wanted.every((label, index) => label === '*' || label === labels[index])
  );
}
