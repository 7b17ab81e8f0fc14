import { defineProblems } from '../../platform/base/problem.ts';
import { CARD_REFUSALS } from '../../platform/schema/card.ts';

export const problem = defineProblems({
  article_not_found: {
    status: 404,
    title: { fr: 'Article introuvable', en: 'Article not found' },
  },
  order_not_found: {
    status: 404,
    title: { fr: 'Commande introuvable', en: 'Order not found' },
  },
  user_not_found: {
    status: 404,
    title: { fr: 'Utilisateur introuvable', en: 'User not found' },
  },
  out_of_stock: {
    status: 409,
    title: { fr: 'Stock insuffisant', en: 'Out of stock' },
    detail: {
      fr: 'Il ne reste pas assez d’exemplaires de cet article. Rien n’a été réservé.',
      en: 'There are not enough of this article left. Nothing was reserved.',
    },
  },
  mixed_currencies: {
    status: 409,
    title: { fr: 'Plusieurs monnaies', en: 'Several currencies' },
    detail: {
      fr: 'Tous les articles d’une commande se paient dans la même monnaie.',
      en: 'All the articles of an order are paid in the same currency.',
    },
  },
  too_many_changes: {
    status: 409,
    title: { fr: 'Trop d’articles changés à la fois', en: 'Too many articles changed at once' },
    detail: {
      fr: 'Une modification peut toucher 48 articles au plus.',
      en: 'One change may touch 48 articles at most.',
    },
  },
  too_many_pending_orders: {
    status: 409,
    title: { fr: 'Trop de commandes en attente', en: 'Too many pending orders' },
    detail: {
      fr: 'Payez ou annulez une commande en attente avant d’en passer une autre. Rien n’a été réservé.',
      en: 'Pay or cancel a pending order before you place another one. Nothing was reserved.',
    },
  },
  credit_limit_reached: {
    status: 409,
    title: { fr: 'Plafond du compte atteint', en: 'Credit limit reached' },
    detail: {
      fr: 'Cet achat dépasserait ce que vous pouvez devoir à l’école. Passez une commande et payez-la.',
      en: 'This purchase would exceed what you may owe to the school. Place an order and pay for it.',
    },
  },
  illegal_transition: {
    status: 409,
    title: { fr: 'L’état de la commande ne le permet pas', en: 'The state of the order does not allow it' },
  },
  account_disabled: {
    status: 409,
    title: { fr: 'Compte désactivé', en: 'Account disabled' },
  },
  ...CARD_REFUSALS,
  payment_unconfirmed: {
    status: 503,
    title: { fr: 'Paiement sans confirmation', en: 'Payment not confirmed' },
    detail: {
      fr: 'La réponse du prestataire n’est pas arrivée. Recommencez : vous ne serez débité qu’une fois.',
      en: 'The provider’s answer did not arrive. Try again: you will be charged only once.',
    },
    retryAfter: 2,
  },
  refund_above_payment: {
    status: 409,
    title: { fr: 'Remboursement supérieur au paiement', en: 'Refund above the payment' },
  },
});
