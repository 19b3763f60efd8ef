// Calls whose arguments are credentials by their place alone: `new mysqli(host, user, password)`. Names of arguments are
// the business of the key rules.

/** What is known of one call. */
export interface CredentialCall {
  /** Which arguments are secret, from 0. */
  readonly secret: readonly number[];
  /**
   * How sure the name of the call is. `password`: any text there is one. `key`: a key, which no short word is. `unsure`: it
   * has other meanings, so that the text must look like a password itself.
   */
  readonly as: 'password' | 'key' | 'unsure';
  /** What the argument before must look like. */
  readonly behind?: RegExp;
  /** What must stand before the name, up to it. */
  readonly receiver?: RegExp;
}

const DISTINGUISHED_NAME = /^\s*(?:\\*["'`])?(?:cn|uid|dc|ou|o|mail|samaccountname)=/i;
const LITERAL = /^\s*(?:[bu]?\\*["'`])/;
const MAIL_OR_FILES =
  /(?:^|[^A-Za-z])(?:smtp|imap|pop3?|ftps?|sftp|mail|mailer|server)\w{0,12}(?:\.|->|::)$/i;
const STORE = /(?:^|[^A-Za-z])(?:redis|valkey|cache|r|rdb|conn|client)\w{0,8}(?:\.|->)$/i;
/** What a request is built with, and what stores are called. */
const REQUEST =
  /(?:\)|(?:^|[^A-Za-z])(?:req|request|agent|superagent|redis|valkey|cache|conn|client)\w{0,8})(?:\.|->)$/i;
/** `M` and `s`, as the manuals of Python call them. */
const SHORT = /(?:^|[^\w.>])[Ms]\.$/;
/** A line of a trace of PHP: its arguments are values. */
const TRACE = /#\d{1,3} [^\n]{1,128}\(\d{1,6}\): [\w\\]{1,64}(?:->|::)$/;

const table: readonly (readonly [as: CredentialCall['as'], secret: string, names: string])[] = [
  // host, user, password
  [
    'password',
    '2',
    'mysqli,mysqli_connect,mysql_connect,mysql_pconnect,mssql_connect,odbc_connect',
  ],
  ['password', '2', 'pdo,pdo->__construct,drivermanager.getconnection,imap_open,sequelize'],
  ['password', '2', 'db2_connect,ibm_db.connect,pymysql.connect,mysqldb.connect,ibase_connect'],
  ['password', '2', 'ldap_bind,ftp_login,ssh2_auth_password,psycopg2.connect'],
  ['password', '2', 'createcredential,createplaincredential'],
  ['password', '3', 'mysqli_real_connect,ssh.connect,usernamepasswordcredential'],
  // user, password
  [
    'password',
    '1',
    'setbasicauth,set_basic_auth,withbasicauth,basicauth,basic_auth,requestbasicauth',
  ],
  [
    'password',
    '1',
    'httpbasicauth,httpdigestauth,httpntlmauth,digestauth,httpauth,http_auth,proxyauth',
  ],
  ['password', '1', 'usernamepasswordcredentials,plaincredentials'],
  [
    'password',
    '1',
    'usernamepasswordauthenticationtoken,usernamepasswordtoken,passwordauthentication',
  ],
  ['password', '1', 'credentials.basic,auth.basic,authtokens.basic,authpassword,auth_password'],
  ['password', '1', 'oci_connect,oci_pconnect,oci_new_connect,oracledb.connect,cx_oracle.connect'],
  ['password', '1', 'simple_bind_s,simple_bind,plaintextauthprovider,username_pw_set,wifi.begin'],
  ['password', '1', 'x509certificate2,keystore.load'],
  // id, key
  ['key', '1', 'basicawscredentials,awsbasiccredentials.create,newstaticcredentials,boto3.session'],
  ['key', '1', 'storagesharedkeycredential,azurenamedkeycredential,namedkeycredential,twilio'],
  ['key', '1', 'oauthhandler,oauth1handler,oauth1session,set_access_token'],
  ['key', '1,2', 'basicsessioncredentials,newstaticcredentialsprovider'],
  ['key', '2', 'clientsecretcredential,hash_hmac'],
  ['key', '0', 'azurekeycredential,cookieparser,secretkeyspec,symmetricsecuritykey,fernet'],
  ['key', '0', 'hmac256,hmac384,hmac512,urlsafetimedserializer,hmac.new'],
  // text, key
  [
    'key',
    '1',
    'jwt.sign,jwt.verify,jwt.encode,jwt.decode,createhmac,createcipheriv,createdecipheriv',
  ],
  ['key', '1', 'signwith,hmac.hexdigest,hmac.digest'],
  ['key', '1', 'cryptojs.hmacsha256,cryptojs.aes.encrypt,cryptojs.aes.decrypt'],
  // SQL, and ciphers that are made with their key
  ['password', '0', 'crypt'],
  // What hashes a password, or compares one with its hash.
  [
    'password',
    '0',
    'bcrypt.compare,bcrypt.comparesync,bcrypt.hash,bcrypt.hashsync,bcrypt.hashpw,bcrypt.checkpw,argon2.hash,password_hash',
  ],
  ['password', '0', 'password_verify,hash::make,hash::check,generate_password_hash'],
  ['password', '1', 'argon2.verify,check_password_hash'],
  ['key', '1', 'pgp_sym_encrypt,pgp_sym_decrypt,aes_encrypt,aes_decrypt,des_encrypt'],
  ['key', '0', 'aes.new,des3.new,blowfish.new,fernet'],
  ['unsure', '1', 'authenticate'],
];

/** By their name, in small letters. */
export const credentialCalls: ReadonlyMap<string, readonly CredentialCall[]> = new Map<
  string,
  readonly CredentialCall[]
>([
  ...table.flatMap(([as, secret, names]) =>
    names
      .split(',')
      .map((name) => [name, [{ as, secret: secret.split(',').map(Number) }]] as const),
  ),
  // The name is that of a page, an event, a route as often.
  [
    'login',
    [
      { as: 'password', secret: [1], receiver: MAIL_OR_FILES },
      { as: 'password', secret: [1], receiver: TRACE },
      { as: 'password', secret: [1], receiver: SHORT },
      { as: 'unsure', secret: [1] },
    ],
  ],
  ['bind', [{ as: 'password', secret: [1], behind: DISTINGUISHED_NAME }]],
  [
    'auth',
    [
      { as: 'password', secret: [1], behind: LITERAL, receiver: REQUEST },
      { as: 'password', secret: [0], receiver: STORE },
      { as: 'password', secret: [1], behind: LITERAL, receiver: /(?:^|[^A-Za-z])db\.$/i },
    ],
  ],
]);
