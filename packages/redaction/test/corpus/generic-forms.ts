import type { Draw } from './draw.ts';

/** A secret that is known by its shape: made anew for every sample. `secret` must be gone. */
export interface Made {
  /** What is written, and `secret` in it. */
  readonly text: string;
  readonly secret: string;
}

export interface GenericForm {
  readonly kind: string;
  /** True when the secret has several lines: it fits not into every context. */
  readonly multiline?: boolean;
  readonly make: (draw: Draw) => Made;
}

function whole(secret: string): Made {
  return { text: secret, secret };
}

function base64(value: string): string {
  return Buffer.from(value).toString('base64');
}

function jwt(draw: Draw): string {
  const header = draw.pick([
    { alg: 'HS256', typ: 'JWT' },
    { typ: 'JWT', alg: 'RS256' },
    { alg: 'none' },
  ]);
  const payload = { sub: draw.text('digit', 10), exp: 1_790_000_000, scope: 'read write' };
  return [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(draw.text('url64', 43))
    .join('.');
}

function pem(draw: Draw, joint: string): Made {
  const label = draw.pick([
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'DSA PRIVATE KEY',
  ]);
  const lines = Array.from({ length: draw.int(3, 12) }, () => draw.text('b64', 64));
  const secret = lines.join(joint);
  return {
    text: [`-----BEGIN ${label}-----`, secret, `-----END ${label}-----`].join(joint),
    secret,
  };
}

const passwordCharacters = ['b62', 'b62', 'url64'] as const;
function password(draw: Draw): string {
  return draw.text(draw.pick(passwordCharacters), draw.int(10, 24));
}

export const genericForms: readonly GenericForm[] = [
  { kind: 'jwt', make: (draw) => whole(jwt(draw)) },
  {
    kind: 'jwt without a signature',
    make: (draw) => whole(jwt(draw).split('.').slice(0, 2).join('.')),
  },
  {
    kind: 'jwe',
    make: (draw) =>
      whole(
        `${base64('{"alg":"dir","enc":"A256GCM"}').replace(/=+$/, '')}..${draw.form('{url64:16}.{url64:60}.{url64:22}')}`,
      ),
  },
  { kind: 'pem', multiline: true, make: (draw) => pem(draw, '\n') },
  { kind: 'pem in one line', make: (draw) => pem(draw, String.raw`\n`) },
  {
    kind: 'pgp',
    multiline: true,
    make: (draw) => {
      const secret = Array.from({ length: 6 }, () => draw.text('b64', 64)).join('\n');
      return {
        text: `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${secret}\n=${draw.text('b64', 4)}\n-----END PGP PRIVATE KEY BLOCK-----`,
        secret,
      };
    },
  },
  {
    kind: 'putty key',
    multiline: true,
    make: (draw) => {
      const secret = [draw.text('b64', 64), draw.text('b64', 64), draw.text('b64', 40)].join('\n');
      return {
        text: `PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: k\nPublic-Lines: 1\n${draw.text('b64', 64)}\nPrivate-Lines: 3\n${secret}\nPrivate-MAC: ${draw.text('hex', 40)}`,
        secret,
      };
    },
  },
  ...[
    'postgres',
    'postgresql',
    'mysql',
    'mongodb+srv',
    'redis',
    'amqp',
    'https',
    'ftp',
    'clickhouse',
  ].map((scheme): GenericForm => ({
    kind: 'password in a url',
    make: (draw) => {
      const secret = password(draw);
      return {
        text: `${scheme}://svc_${draw.text('lower', 4)}:${secret}@db-${draw.int(1, 9)}.internal:5432/app`,
        secret,
      };
    },
  })),
  {
    kind: 'user of a url',
    make: (draw) => {
      const secret = draw.text('b62', 40);
      return { text: `https://${secret}@git.example.com/a/b.git`, secret };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = password(draw);
      return {
        text: `Server=tcp:db.example.net,1433;Database=app;User ID=svc;Password=${secret};Encrypt=true`,
        secret,
      };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = password(draw);
      return {
        text: `jdbc:sqlserver://db.example.net:1433;databaseName=app;user=svc;password=${secret};encrypt=true`,
        secret,
      };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = `${draw.text('b64', 86)}==`;
      return {
        text: `DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=${secret};EndpointSuffix=core.windows.net`,
        secret,
      };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = `${draw.text('b64', 43)}=`;
      return {
        text: `Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${secret}`,
        secret,
      };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = `${draw.text('b64', 43)}=`;
      return {
        text: `Endpoint=https://cfg.azconfig.io;Id=${draw.text('b62', 4)};Secret=${secret}`,
        secret,
      };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = password(draw);
      return { text: `jdbc:oracle:thin:scott/${secret}@//db.example.net:1521/svc`, secret };
    },
  },
  {
    kind: 'connection string',
    make: (draw) => {
      const secret = password(draw);
      return { text: `host=db user=svc password=${secret} dbname=app sslmode=require`, secret };
    },
  },
  {
    kind: 'bearer header',
    make: (draw) => {
      const secret = draw.text('url64', draw.int(24, 60));
      return { text: `Authorization: Bearer ${secret}`, secret };
    },
  },
  {
    kind: 'basic header',
    make: (draw) => {
      const secret = base64(`user${draw.int(1, 99)}:${password(draw)}`);
      return { text: `Authorization: Basic ${secret}`, secret };
    },
  },
  {
    kind: 'token header',
    make: (draw) => {
      const secret = draw.text('hex', 40);
      return { text: `Authorization: ${draw.pick(['Token', 'ApiKey', 'Key'])} ${secret}`, secret };
    },
  },
  {
    kind: 'api key header',
    make: (draw) => {
      const secret = draw.text('b62', 32);
      return {
        text: `${draw.pick(['X-Api-Key', 'x-auth-token', 'X-Access-Token', 'api-key'])}: ${secret}`,
        secret,
      };
    },
  },
  {
    kind: 'proxy header',
    make: (draw) => {
      const secret = base64(`proxy:${password(draw)}`);
      return { text: `Proxy-Authorization: Basic ${secret}`, secret };
    },
  },
  {
    kind: 'cookie header',
    make: (draw) => {
      const secret = draw.text('url64', 43);
      return { text: `Cookie: theme=dark; sid=${secret}`, secret };
    },
  },
  {
    kind: 'set-cookie header',
    make: (draw) => {
      const secret = draw.text('b62', 40);
      return { text: `Set-Cookie: session=${secret}; Path=/; HttpOnly`, secret };
    },
  },
  {
    kind: 'request signature',
    make: (draw) => {
      const secret = draw.text('hex', 64);
      return {
        text: `Authorization: AWS4-HMAC-SHA256 Credential=${draw.form('AKIA{b32:16}')}/20261120/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${secret}`,
        secret,
      };
    },
  },
  {
    kind: 'signed url',
    make: (draw) => {
      const secret = draw.text('hex', 64);
      return {
        text: `https://bucket.s3.amazonaws.com/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature=${secret}`,
        secret,
      };
    },
  },
  {
    kind: 'signed url',
    make: (draw) => {
      const secret = draw.text('hex', 128);
      return {
        text: `https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Signature=${secret}`,
        secret,
      };
    },
  },
  {
    kind: 'aws secret key',
    make: (draw) => {
      const secret = draw.text('b64', 40);
      return { text: `${draw.form('AKIA{b32:16}')} ${secret}`, secret };
    },
  },
  {
    kind: 'aws secret key',
    make: (draw) => {
      const secret = draw.text('b64', 40);
      return { text: `aws_secret_access_key = ${secret}`, secret };
    },
  },
];
