// Passwords that are words: in settings they go, by what the text around them is written in. `«…»` is what must go, and
// nothing else may change.
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';

const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const MASK = '[REDACTED]';

function redacted(text: string): string {
  return redact(text.replaceAll(/[«»]/g, '')).replaceAll(/\[REDACTED:\w+\]/g, MASK);
}

describe.each([
  [
    'an environment',
    [
      'DB_PASSWORD=«letmein»',
      'DB_PASSWORD=«letmein»\nDB_HOST=db',
      'export DB_PASSWORD=«sunshine»',
      'PGPASSWORD=«letmein» psql -h db',
      'docker run -e MYSQL_ROOT_PASSWORD=«letmein» mysql',
      'API_KEY=«letmein»',
      'JWT_SECRET=«letmein»',
      'RABBITMQ_DEFAULT_PASS=«letmein»',
      'ENV MYSQL_ROOT_PASSWORD «letmein»',
      'TF_VAR_db_password=«letmein» terraform plan',
      `terraform apply -var 'db_password=«letmein»'`,
      'DB_PASSWORD=«abc)def»',
      'DB_PASSWORD=«abc;def»',
      'DB_PASSWORD=«abc"def»',
      'DB_PASSWORD=«abc&def»',
      String.raw`{"env":["DB_PASSWORD=«letmein»","HOME=/root"]}`,
    ],
  ],
  [
    'a query or a form',
    [
      'https://h.example/login?user=ada&password=«hunter»&x=1',
      '?password=«let)me;in»&x=1',
      '(https://h.example/?password=«sunshine»)',
      'username=ada&password=«letmein»',
      'password=«letmein»&username=ada',
      'grant_type=password&username=ada&password=«let%20me»&client_secret=«sunshine»',
      'GET /x?a=1&amp;password=«letmein»&amp;b=2 HTTP/1.1',
    ],
  ],
  [
    'an option',
    [
      'app --password «letmein» --verbose',
      'app --db-password=«letmein» --port 1',
      'java -Ddb.password=«letmein» -jar app.jar',
      'installer.exe /user:ada /password:«letmein» /quiet',
      'app --token «abc4def9» run',
      'Connect-Thing -Server x -Password «letmein» -Verbose',
      'cmdkey /add:h /user:ada /pass:«letmein»',
      'openssl pkcs12 -in a.p12 -passin pass:«letmein»',
      "app --password '«let me in»'",
    ],
  ],
  [
    'a connection string',
    [
      'Server=db;Database=x;User Id=sa;Password=«letmein»;Encrypt=true',
      'Server=db;Uid=sa;Pwd=«letmein»;',
      'Pwd=«let me in»;Server=db',
      'Server=db;Pwd=«let me in»;Encrypt=true',
      'Driver={ODBC Driver 18};UID=sa;PWD=«{let;me}}in}»;Server=db',
      `Data Source=db;User ID=sa;Password="«let;me in»";`,
      "Provider=X;Password='«a;b c»';User=x",
      'jdbc:mysql://h/db?user=a&password=«letmein»',
      'jdbc:sqlserver://h:1433;databaseName=x;user=sa;password=«letmein»;',
      'host=db user=app password=«letmein» dbname=x',
      "host=db password='«let me in»' dbname=x",
      'psql "host=db password=«letmein»"',
    ],
  ],
  [
    'a file of settings',
    [
      'password: «letmein»',
      'db:\n  user: app\n  password: «letmein»\n',
      String.raw`db:\n  password: «letmein»\n  port: 1`,
      'password: «p@ss)w0rd!;x»',
      'password: «letmein»  # the old one',
      'spring.datasource.password=«letmein»',
      'password: >-\n  «letmein»\nport: 1',
      'db:\n  token: |\n    «a1B2c3D4e5F6g7H8»\n',
      'requirepass «letmein»',
      'spring.datasource.password = «let me in»',
      '[db]\npassword = «letmein»\nhost = x',
      'db:\n  password: "«let me in»"\n',
      '//registry.example.com/:_authToken=«letmein1»',
    ],
  ],
  [
    'a line of a log',
    [
      'INFO login user=ada password=«letmein» ok',
      'login failed for {Name:ada Password:«letmein» Age:3}',
      'User(id=1, name=ada, password=«letmein»)',
      'Login [name=ada, password=«letmein»]',
      'Array\n(\n    [name] => ada\n    [password] => «letmein»\n)',
      'array(1) { ["password"]=> string(7) "«letmein»" }',
    ],
  ],
  [
    'an element',
    [
      '<password>«letmein»</password>',
      '<passphrase>\n  «letmein»\n</passphrase>',
      '<key>Password</key>\n<string>«letmein»</string>',
      '<property><name>db.password</name><value>«letmein»</value></property>',
      '<wsse:Password Type="x">«letmein»</wsse:Password>',
      '<user name="x" password="«letmein»"/>',
      '<add key="DbPassword" value="«letmein»"/>',
      '<property name="hibernate.connection.password">«letmein»</property>',
    ],
  ],
  [
    'a list in a text',
    [
      'args: ["app", "--token", "«abc123»"]',
      "args=['--password', '«letmein»', '--port', '5']",
      'env:\n  - name: DB_PASSWORD\n    value: «letmein»\n',
      "headers: [('x-api-key', '«opal»'), ('host', 'x')]",
      'headers: [["x-api-key", "«opal»"], ["host", "x"]] more',
    ],
  ],
  [
    'SQL',
    [
      "CREATE USER ada IDENTIFIED BY '«letmein»';",
      'ALTER USER ada IDENTIFIED BY "«letmein»"',
      "CREATE DATABASE LINK l CONNECT TO app IDENTIFIED BY «letmein» USING 'x'",
      "CREATE USER ada WITH PASSWORD '«letmein»';",
      "ALTER ROLE ada WITH ENCRYPTED PASSWORD '«letmein»';",
      "CREATE LOGIN ada WITH PASSWORD = N'«letmein»'",
      "SET PASSWORD FOR 'ada'@'%' = '«letmein»';",
      "ALTER USER ada PASSWORD '«it''s»' VALID UNTIL 'infinity'",
    ],
  ],
  [
    '.netrc',
    [
      'machine h.example login ada password «letmein»',
      'machine h.example\n  login ada\n  password «letmein»\n',
      'default login anonymous password «letmein»',
    ],
  ],
])('in %s', (_, texts) => {
  test.each(texts)('%s', (text) => {
    expect(redacted(text)).toBe(text.replaceAll(/«[^»]*»/g, MASK));
  });
});

describe('what is no password stays', () => {
  test.each([
    'passwordless=true',
    'password_reset_url=https://h.example/reset',
    'password: required',
    'password: null',
    'password=***',
    'password=${DB_PASSWORD}',
    'password=$DB_PASSWORD',
    'password=%DB_PASSWORD%',
    'Server={0};Pwd={1};Database={2}',
    'password=<password>',
    'password: String!',
    'password: z.string()',
    'if password == expected:',
    '"password"=>"[FILTERED]"',
    'pass=1000 fail=2',
    'first_pass=true&pass=12',
    'self.password = password',
    'password = phrase',
    'login(username=username, password=password)',
    'connect(user=user, password=phrase)',
    'Error: password: must be at least 8 characters',
    'password: is required',
    'Password: incorrect.',
    'reset password: https://h.example/reset',
    'PWD=/home/ada',
    'OLDPWD=/tmp',
    '$password = Read-Host -AsSecureString',
    '--color-key: red; --password-opacity: half',
    'app --password-stdin --password --verbose',
    'user=ada password_changed=true',
    'token=invalid user=ada',
    'password VARCHAR(255) NOT NULL',
    'password?: string;',
    'password: userPassword,',
    '"error": "Wrong password: try again later"',
    'login page password field is empty',
    'the password "must contain a digit"',
    '<label for="password">Sunshine</label>',
    '<input type="password" name="password" placeholder="Password">',
    '<data name="password" value="Your password"/>',
    "('password', 'email')",
    'gen_ai.usage.input_tokens=812 max_tokens=4096',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});
