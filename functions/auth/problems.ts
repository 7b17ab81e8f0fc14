import { defineProblems } from '../../platform/http/problem.ts';

export const problem = defineProblems({
  username_taken: {
    status: 409,
    title: { fr: 'Nom d’utilisateur déjà pris', en: 'Username already taken' },
  },
  user_not_found: {
    status: 404,
    title: { fr: 'Utilisateur introuvable', en: 'User not found' },
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
    detail: { fr: 'Connectez-vous de nouveau.', en: 'Sign in again.' },
  },
});
