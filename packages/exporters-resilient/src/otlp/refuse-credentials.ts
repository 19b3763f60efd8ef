import { InvalidOptionError } from '@llm-otel/core';

/** @throws InvalidOptionError for a URL with a user name or a password, without printing them */
export function refuseCredentials(url: URL): void {
  if (url.username !== '' || url.password !== '')
    throw new InvalidOptionError({
      option: 'url',
      value: url.href,
      use: 'a URL without a user name and password, and an authorization header instead',
      secret: true,
    });
}
