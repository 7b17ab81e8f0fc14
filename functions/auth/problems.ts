import { defineProblems } from '../../platform/base/problem.ts';

const signInAgain = { fr: 'Connectez-vous de nouveau.', en: 'Sign in again.' };

export const problem = defineProblems({
  username_taken: {
    status: 409,
    title: { fr: 'Nom d’utilisateur déjà pris', en: 'Username already taken' },
  },
  reserved_username: {
    status: 409,
    title: { fr: 'Nom d’utilisateur réservé', en: 'Username reserved' },
    detail: {
      fr: 'Ce nom se lit comme celui d’un membre du personnel ou de l’administration : prenez-en un autre.',
      en: 'This name reads like that of a member of the staff or of the administration: take another one.',
    },
  },
  user_not_found: {
    status: 404,
    title: { fr: 'Utilisateur introuvable', en: 'User not found' },
  },
  session_not_found: {
    status: 404,
    title: { fr: 'Session introuvable', en: 'Session not found' },
  },
  own_admin_rights: {
    status: 409,
    title: { fr: 'Un administrateur ne peut s’écarter lui-même', en: 'Admins cannot remove themselves' },
    detail: {
      fr: 'Un autre administrateur doit changer ce rôle, désactiver ou supprimer ce compte.',
      en: 'Another admin must change this role, or disable or delete this account.',
    },
  },
  invalid_credentials: {
    status: 401,
    title: { fr: 'Identifiants invalides', en: 'Invalid credentials' },
    detail: {
      fr: 'Le nom d’utilisateur ou le mot de passe est incorrect.',
      en: 'The username or the password is wrong.',
    },
  },
  invalid_token: {
    status: 401,
    title: { fr: 'Jeton invalide ou expiré', en: 'Invalid or expired token' },
    detail: signInAgain,
  },
  invalid_refresh_token: {
    status: 401,
    title: { fr: 'Jeton de rafraîchissement invalide ou expiré', en: 'Invalid or expired refresh token' },
    detail: signInAgain,
  },
  invalid_code: {
    status: 401,
    title: { fr: 'Code de connexion invalide ou expiré', en: 'Invalid or expired sign-in code' },
    detail: {
      fr: 'Un code sert une fois, dans la minute, au programme qui l’a demandé. Recommencez la connexion.',
      en: 'A code is good once, within a minute, for the program that asked for it. Begin to sign in again.',
    },
  },
  refresh_in_progress: {
    status: 409,
    title: { fr: 'Jeton déjà en cours d’échange', en: 'Token already being exchanged' },
    detail: {
      fr: 'Un autre appel simultané a échangé ce jeton : utilisez les jetons qu’il a reçus.',
      en: 'Another call at the same time has exchanged this token: use the tokens that it got.',
    },
  },
  too_many_attempts: {
    status: 429,
    title: { fr: 'Trop de tentatives', en: 'Too many attempts' },
    detail: {
      fr: 'Réessayez après le délai de `Retry-After`. Un administrateur peut lever le blocage d’un compte.',
      en: 'Try again after the delay in `Retry-After`. An admin can lift the block of an account.',
    },
  },
});
