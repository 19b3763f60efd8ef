/** Which short options of a command take a password. The long ones have a name that says so. */
export interface CommandOptions {
  /** The password is the next word, or follows without a space. */
  readonly password?: readonly string[];
  /** It follows without a space only: the next word is something else. */
  readonly attached?: readonly string[];
  /** Two passwords follow. */
  readonly doubled?: readonly string[];
  /** `user:password`, also with another separator. */
  readonly pair?: readonly string[];
  readonly separator?: string;
  /** Cookies. */
  readonly cookies?: readonly string[];
  /** Which of the words that are no options is the password, counted from the command on. */
  readonly position?: number;
  /** It is the first word that is no option behind one like this. */
  readonly behind?: RegExp;
  /** Only beside a word like this: it tells one command of the program from others. */
  readonly only?: RegExp;
  /** The first word that is no option is `user/password@service`. */
  readonly login?: boolean;
  /** Words are settings: `a.password=word`. */
  readonly settings?: boolean;
  /** They may also be the name of a setting and then its value. */
  readonly keyed?: boolean;
  /** True for names that are words elsewhere: a hyphen must follow. */
  readonly isShort?: boolean;
}

const dashP: CommandOptions = { password: ['-p'] };
const capitalP: CommandOptions = { password: ['-P'] };
const attachedP: CommandOptions = { attached: ['-p'] };
const ldap: CommandOptions = { password: ['-w'] };
const samba: CommandOptions = { pair: ['-U'], separator: '%', behind: /^\/\/[^/]+\// };
const snmp: CommandOptions = { password: ['-c', '-A', '-X'] };
const httpie: CommandOptions = { pair: ['-a', '--auth'], isShort: true };
const first: CommandOptions = { position: 0 };
const second: CommandOptions = { position: 1 };
const settings: CommandOptions = { settings: true };
const keyed: CommandOptions = { settings: true, keyed: true };
const keystore: CommandOptions = {
  password: ['-storepass', '-keypass', '-srcstorepass', '-deststorepass', '-destkeypass'],
};

function each(options: CommandOptions, names: string): (readonly [string, CommandOptions])[] {
  return names.split(',').map((name) => [name, options] as const);
}

/** By the name of the program, with its command where it has several. */
export const commandOptions: ReadonlyMap<string, CommandOptions> = new Map<string, CommandOptions>([
  [
    'curl',
    {
      pair: ['-u', '--user', '-U', '--proxy-user'],
      cookies: ['-b', '--cookie'],
      password: ['--oauth2-bearer'],
    },
  ],
  ...each(httpie, 'http,https,xh,xhs'),
  ...each(dashP, 'sshpass,rabbitmqadmin,cqlsh,beeline,psexec,psexec64,rdesktop'),
  ...each(dashP, 'mongo,mongosh,mongodump,mongorestore,mongoexport,mongoimport'),
  ...each(dashP, 'docker login,podman login,buildah login,skopeo login,nerdctl login'),
  ...each(dashP, 'registry login,az login,oc login,cf login,ibmcloud login'),
  ...each(dashP, 'az sql,az acr,az mysql,az postgres,az webapp,twine upload'),
  ...each(dashP, 'elasticsearch-users,racadm,hydra,crackmapexec,netexec,evil-winrm'),
  ...each(dashP, 'ncftp,ncftpput,ncftpget,useradd,usermod'),
  ...each(dashP, 'security unlock-keychain,security create-keychain'),
  ...each(capitalP, 'sqlcmd,bcp,osql,tsql,ipmitool,unzip,security import'),
  ...each(capitalP, 'mosquitto_pub,mosquitto_sub,mosquitto_rr'),
  ['zip', { password: ['-P'], isShort: true }],
  ...each(attachedP, 'mysql,mysqldump,mysqlimport,mariadb,mariadb-dump'),
  ...each({ attached: ['-p'], password: ['password'] }, 'mysqladmin,mariadb-admin'),
  ...each(attachedP, '7z x,7z a,7za x,7za a,7zz x,7zz a,7z e,7z t,7z l'),
  ...each({ attached: ['-hp', '-p'] }, 'rar a,rar x,unrar x,unrar e,unrar t,rar e'),
  ['redis-cli', { password: ['-a', '--pass'] }],
  ...each(ldap, 'ldapsearch,ldapmodify,ldapadd,ldapwhoami,ldapdelete,ldapmodrdn'),
  ['ldappasswd', { password: ['-w', '-s', '-a'] }],
  ...each(samba, 'smbclient,rpcclient,smbget'),
  ...each(snmp, 'snmpwalk,snmpget,snmpset,snmpbulkwalk,snmpgetnext,snmptrap'),
  ['sqlplus', { login: true }],
  ...each({ attached: ['/p:'] }, 'xfreerdp,xfreerdp3,wlfreerdp'),
  ['winrs', { attached: ['-p:', '/p:', '-password:'] }],
  ['lftp', { pair: ['-u'], separator: ',' }],
  ['htpasswd', { position: 2, only: /^-\w*b/ }],
  ...each(second, 'htpasswd -nb,htpasswd -bn,htpasswd -nbb,htpasswd -bnbc'),
  ...each(second, 'wpa_passphrase,net user'),
  ['net use', { behind: /^(?:\\\\|\/\/)/ }],
  ...each(keystore, 'keytool,jarsigner'),
  ['schtasks', { password: ['/rp'] }],
  ['signtool sign', { password: ['/p'] }],
  ['reg add', { password: ['/d', '/D'], only: /passw|secret|token|api.?key|credential/i }],
  ['cmdkey', { password: ['/pass'] }],
  ...each({ password: ['-pw'] }, 'plink,pscp,psftp,putty'),
  ['etcdctl', { pair: ['--user'] }],
  ['nikto', { pair: ['-id'] }],
  ['openssl enc', { password: ['-k', '-K'] }],
  ['ssh-keygen', { password: ['-N', '-P'] }],
  ['qpdf', { doubled: ['--encrypt'] }],
  ['pdftk', { password: ['input_pw', 'owner_pw', 'user_pw'] }],
  ['iwconfig', { password: ['key', 'enc'] }],
  ...each({ password: ['-w'] }, 'security add-generic-password,security add-internet-password'),
  ['security set-key-partition-list', { password: ['-k'] }],
  ['dscl', { position: 2, only: /^-passwd$/ }],
  ['isql', { position: 2 }],
  ['db2 connect', { password: ['using'] }],
  ...each(second, 'rabbitmqctl add_user,rabbitmqctl change_password'),
  ['rabbitmqctl authenticate_user', second],
  ['rclone', { settings: true, password: ['pass'] }],
  ...each(first, 'vault login,cargo login,snyk auth,ngrok authtoken,mkpasswd'),
  ...each(second, 'ngrok config,cloudflared service'),
  ['doctl auth', { password: ['-t'] }],
  [
    'tailscale up',
    { attached: ['--authkey=', '--auth-key='], password: ['--authkey', '--auth-key'] },
  ],
  ['mc alias', { position: 4, only: /^set$/ }],
  ['mc config', { position: 5, only: /^host$/ }],
  ['gh secret', { password: ['-b', '--body'] }],
  ['aws ssm', { password: ['--value'], only: /^SecureString$/ }],
  ['aws secretsmanager', { password: ['--secret-string'] }],
  ['az keyvault', { password: ['--value'] }],
  ['dotnet nuget', { password: ['-k', '--api-key'] }],
  ['nuget setapikey', first],
  ['poetry config', { position: 2, only: /^http-basic/, settings: true, keyed: true }],
  ['composer config', { position: 2, only: /^http-basic/ }],
  ['bundle config', { position: 2, only: /\w:\w/ }],
  ['pulumi config', { position: 2, only: /^--secret$/ }],
  ...each(keyed, 'aws configure,npm config,pnpm config,yarn config,git config'),
  ...each(keyed, 'nmcli,sc config,sc.exe config,config set'),
  ...each(settings, 'helm install,helm upgrade,helm template,kubectl create,vault kv'),
  ...each(settings, 'vault write,hg,kcat,kafkacat,kafka-configs,sonar-scanner'),
]);
