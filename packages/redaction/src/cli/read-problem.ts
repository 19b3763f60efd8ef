const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EROFS: 'nothing can be written there',
  ENOSPC: 'there is no room',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ERR_BUFFER_TOO_LARGE: 'unpacked it is larger than --max-bytes',
  ERR_STRING_TOO_LONG: 'it is longer than a text can be; split it',
};

/** Why something could not be read, for people. */
export function readProblem(error: unknown): string {
  const { code = '', message = String(error) } = error as {
    readonly code?: unknown;
    readonly message?: string;
  };
  const known = problems[String(code)];
  if (known !== undefined) return known;
  if (/^(?:Z_|ZSTD_)/.test(String(code))) return `it cannot be unpacked: ${message}`;
  return message;
}
