/**
 * Names of members that say something about a secret and are none: its kind, its place, its life, who has it, what a form
 * or a schema says of it. Compared with the last word of a name: `createdAt`, `key_id`.
 */
export const descriptiveNames: ReadonlySet<string> = new Set(
  [
    'id,ids,uuid,guid,name,names,type,types,kind,class,version,versions,status,state,phase,count,counts,length,len,size,min,max,minimum,maximum,total,limit,quota,used,remaining',
    'at,date,time,timestamp,created,updated,modified,deleted,revoked,expires,expiry,expiration,expired,exp,iat,nbf,ttl,age,days,hours,seconds,duration,interval,rotation,rotated,timeout',
    'url,urls,uri,uris,path,paths,host,hostname,port,address,endpoint,server,file,filename,folder,bucket,domain,origin,site,samesite,region,zone,location,country,locale,language,lang,arn',
    'provider,providers,source,sources,manager,backend,store,method,methods,mode,modes,flow,flows,grant,algorithm,alg,cipher,format,encoding,charset,scheme,schema,strategy,protocol,driver,engine,rounds,cost,iterations',
    'title,subtitle,description,desc,label,labels,message,messages,msg,error,errors,warning,reason,hint,help,helper,placeholder,tooltip,comment,note,notes,summary,text color,icon,color,autocomplete,component,widget',
    'scope,scopes,role,roles,permission,permissions,policy,policies,rule,rules,decision,effect,action,actions,resource,resources,operation,verb,group,groups,subject,sub,iss,aud,issuer,audience,realm',
    'username,email,mail,author,namespace,table,column,image,model',
    'enabled,disabled,required,optional,nullable,visible,hidden,masked,verified,valid,active,default value,pattern,regex,regexp,enum,ref,refs,annotations,metadata,meta,tags,tag,in,from,attribute,attributes,property,field,fields,variable,prefix,suffix,last,hint,fingerprint,checksum,digest,kid,order,priority,index,position,strength,score,level,complexity,validation,validators,constraint,constraints,settings,configuration,examples,example,format hint',
  ]
    .join(',')
    .split(','),
);

/** Names that say whose or for what a secret is, or that are the name of that one: only what is random and long is one. */
export const actorNames: ReadonlySet<string> = new Set(
  'user,users,owner,account,accounts,tenant,org,organization,organisation,team,project,workspace,service,app,application,client,device,agent,database,cluster,env,environment,stage'.split(
    ',',
  ),
);

/** Names of members that hold the secret itself, so that a plain word below them is one: `{ password: { current: '…' } }`. */
export const valueNames: ReadonlySet<string> = new Set(
  'value,val,v,values,current,cur,new,old,next,prev,previous,confirm,confirmation,repeat,repeated,again,retype,original,initial,temporary,plain,plaintext,cleartext,clear,raw,decrypted,encrypted,default,const,content,primary,secondary,root,admin,stringvalue'.split(
    ',',
  ),
);

/** The same for what is known of a person. */
export const personValueNames = {
  person_name:
    'value,val,v,text,name,full,first,last,given,family,middle,display,formatted,legal,preferred,raw,current,new,old,previous,content',
  postal_address:
    'value,val,v,text,line,lines,street,address,city,town,locality,suburb,district,state,province,county,zip,postcode,postal,plz,code,full,formatted,raw,current,new,old,previous,content',
  date_of_birth: 'value,val,v,text,date,raw,formatted,iso,full,year,month,day,current,new,old',
  phone_number:
    'value,val,v,text,number,national,international,local,e164,full,raw,formatted,display,current,new,old,previous,work,home,mobile,content',
  document: 'value,val,v,text,number,no,code,full,raw,formatted,id,current,new,old,content',
} as const;

/** What maps and lists of secrets are called whose name says nothing about a single value. */
export const containerNames: readonly string[] = [
  'cookies',
  'tokens',
  'auth tokens',
  'refresh tokens',
  'session tokens',
  'bot tokens',
  'private keys',
  'secret keys',
  'signing keys',
  'encryption keys',
  'passphrases',
  'passcodes',
];

/** The same for what is known of a person, by the kind of it. */
export const personContainers: Readonly<Record<string, readonly string[]>> = {
  person_name: ['first names', 'last names', 'full names'],
  postal_address: [
    'billing addresses',
    'shipping addresses',
    'postal addresses',
    'home addresses',
    'delivery addresses',
  ],
  phone_number: ['phones', 'phone numbers', 'mobiles', 'mobile numbers', 'telephones'],
  date_of_birth: ['birthdays', 'birth dates'],
};
