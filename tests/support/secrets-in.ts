const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'an access token': /eyJ[\w-]{8,}\.eyJ[\w-]{8,}/,
  'an Authorization header': /\bBearer\s+[\w-]{8,}/i,
  // The beginning of a refresh token is the username, so these are the demo accounts' own.
  'a refresh token': /\b(?:dmljdG9yA|YWRtaW4A|cHJvZg|a2lsaWFuA)[\w-]{40,}/,
  'a hash of a password': /\$argon2/,
  'a password': /"(?:old_|new_)?password\\?"\s*:\s*\\?"/,
  'a private key': /"d\\?"\s*:\s*\\?"[\w-]{40,}/,
};

/** What a log holds that no log may: a description of each, without the secret itself. */
export const secretsIn = (log: string): string[] =>
  Object.entries(FORBIDDEN).flatMap(([what, pattern]) => (pattern.test(log) ? what : []));
