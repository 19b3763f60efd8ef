// What stands where a password would and is none: what is said about one, its type, a variable, a label.
const words = new Set(
  [
    // Said of one, in a log or a form.
    'required,optional,invalid,incorrect,wrong,missing,expired,empty,blank,none,null,nil,undefined,unknown,hidden,redacted,masked,filtered,encrypted,hashed,changed,updated,reset,set,unset,unchanged,ok,success,successful,succeeded,failed,failure,failing,error,accepted,rejected,denied,granted,revoked,expires,validated,verified,verifying,unverified,present,absent,read,write,vergessen,falsch,abgelaufen,incorrecte,incorrecta,olvidada,dimenticata,scaduta,esquecida,expirada,valid,weak,strong,medium,short,long,good,bad,match,matches,mismatch,matched,mismatched,unauthorized,forbidden,not,no,yes,on,off,enabled,disabled,enable,disable,true,false,default,auto,automatic,generated,random,same,different,new,old,current,previous,next,forgot,forgotten,lost,change,confirm,confirmed,confirmation,provided,supplied,given,specified,found,available,needed,exists,never,always,ask,prompt,interactive,manual,stored,saved,cleared,deleted,removed,created,loaded,rotated,rotating,refreshed,attempt,attempts,checking,check,see,use,using,login,logout,signin,sign,failed',
    // Words that a sentence goes on with.
    'the,a,an,is,are,was,were,be,has,have,had,must,should,can,cannot,could,will,would,may,might,does,do,did,too,to,for,of,in,at,by,from,with,and,or,if,when,your,my,our,their,his,her,its,this,that,these,please,enter,type,choose,select,provide,send,contact,pending,skipped,complete,completed,authentication,policy,length,minimum,maximum,characters,at,least,between,only,also,then,there,here,you,we,they,it,who,what,how,why,where',
    // Types, variables and members.
    'string,str,text,varchar,nvarchar,char,bytes,byte,binary,blob,number,integer,int,bigint,float,double,boolean,bool,object,array,list,map,dict,function,func,class,type,enum,interface,const,var,self,async,await,return,any,void,value,values,val,field,fields,input,inputs,output,form,param,params,parameter,args,argv,arg,argument,data,body,request,req,res,response,result,results,config,options,opts,props,state,user,username,name,email,mail,account,id,label,title,placeholder,description,example,column,row,line,item,element,node,ref,source,target,buffer,raw,plain,plaintext,cipher,ciphertext,hash,digest,salt,nonce,iv,word,words,phrase,process,env,environ,environment,vault,file,path,url,uri,header,headers,cookie,cookies,query,database,db,host,port,server,client,session,store,storage,keyring,keychain,provider,service,system,localstorage,cwd,getpass,stdin',
    // Ways to log in.
    'basic,bearer,digest,negotiate,kerberos,ntlm,oauth,saml,oidc,ldap,pam,trust,peer,ident,scram,md5,sha,bcrypt,scrypt,argon,pbkdf,jwt,hmac,rsa,aes,certificate,cert,otp,totp,mfa,sso',
    // Its own name, alone or as an example.
    'password,passwords,passwd,passphrase,passcode,pass,pwd,pw,secret,secrets,token,tokens,key,keys,apikey,credential,credentials,auth,authorization,pin,code,mypassword,yourpassword',
  ].flatMap((line) => line.split(',')),
);

const LONGEST = 24;
const ITS_OWN_NAME = /secret|pass|pwd|token|key|credential|passwort|kennwort/i;

/**
 * Whether a value that stands where a secret would says something about it instead: `required`, `string`, `invalid`,
 * also with the marks of a type or a sentence: `String!`, `required.`
 */
export function isNoPassword(text: string, from: number, to: number): boolean {
  if (to - from > LONGEST) return false;
  const word = /^([A-Za-z]+)[.,:;!?]*$/.exec(text.slice(from, to))?.[1];
  return word !== undefined && words.has(word.toLowerCase());
}

const EMPTY =
  /^(?:true|false|null|none|nil|undefined|string|str|any|unknown|number|boolean|required|optional)$/i;

/** The same for a value with quotes around it, or that is a member of a map: any other word may be a password there. */
export function isEmptyValue(text: string, from: number, to: number): boolean {
  return to - from <= LONGEST && EMPTY.test(text.slice(from, to));
}

/** Whether a word names a secret itself, as a variable that holds one does: `userPassword`. */
export function namesSecret(word: string): boolean {
  return ITS_OWN_NAME.test(word);
}
