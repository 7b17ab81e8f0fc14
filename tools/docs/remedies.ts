/** Why a problem is answered and what its caller can do: the hand-written part of `docs/problems`. */
export interface Remedy {
  readonly cause: string;
  readonly remedy: string;
}

/** One for each code; a test compares them with the code's. */
export const remedies: Readonly<Record<string, Remedy>> = {
  malformed_json: {
    cause: 'The body is not one JSON object in UTF-8, repeats a key, or is nested deeper than 32 levels.',
    remedy:
      'Print the body as it leaves your program. A repeated key is refused because two parsers could read it differently.',
  },
  invalid_input: {
    cause:
      'A field of the body, of the path, of the query or of a header is missing, unknown, of the wrong type or breaks a rule.',
    remedy:
      'Read `errors`: each item names the place (`pointer`), a stable `code` and a sentence for people. Unknown fields are refused on purpose.',
  },
  invalid_cursor: {
    cause: 'The `cursor` was altered, or belongs to another list, to other filters or to another caller.',
    remedy: 'Follow the `Link` header of the page before as it is; else start from the first page.',
  },
  reserved_header: {
    cause: 'The request carries a header by which the local emulator would let it choose its own identity.',
    remedy: 'Leave `sls-offline-authorizer-override` out and send a bearer token.',
  },
  unauthenticated: {
    cause: 'No bearer token, or one that is altered, expired, or of a session that has ended.',
    remedy:
      'Sign in (`POST /auth/login`) or refresh the session (`POST /auth/refresh`), then send `Authorization: Bearer <access_token>`.',
  },
  forbidden: {
    cause: 'The role in the token does not allow this operation, whatever the record.',
    remedy:
      'Ask somebody with one of the roles that the operation names; an admin gives roles (`PUT /users/{username}`).',
  },
  not_found: {
    cause: 'No operation has this method and path.',
    remedy: 'Look the path up in `/docs`. Behind a deployed address the stage (`/dev`) comes first.',
  },
  method_not_allowed: {
    cause: 'The path exists, the method does not.',
    remedy: 'Look the operation up in `/docs`.',
  },
  stale_version: {
    cause: 'The `ETag` in `If-Match` is not the present version: somebody changed the object since it was read.',
    remedy: 'Read it again, apply your change to what it is now, and send the new `ETag`.',
  },
  payload_too_large: {
    cause: 'The body is over 1 MiB.',
    remedy: 'Send less at once.',
  },
  unsupported_media_type: {
    cause: 'The `Content-Type` is missing or is not one that the operation reads.',
    remedy: 'Send `Content-Type: application/json` with UTF-8, unless the operation names another type.',
  },
  idempotency_key_reused: {
    cause: 'The `Idempotency-Key` already served, within 24 hours, for another request of yours.',
    remedy: 'Make a new key for each intent (a UUID); repeat a key only with the very same request.',
  },
  too_many_requests: {
    cause: 'The gateway takes no more requests a second than the stage allows.',
    remedy: 'Wait for `Retry-After` seconds and send the same request again; wait longer each time.',
  },
  busy: {
    cause: 'DynamoDB did not keep up, or too many changes met on one item.',
    remedy: 'Wait for `Retry-After` seconds and send the same request again, with the same `Idempotency-Key`.',
  },
  peer_unavailable: {
    cause: 'A service that this one must ask is down, answered in error, or took over two seconds. Nothing was stored.',
    remedy: 'Wait for `Retry-After` seconds and send the same request again.',
  },
  internal_error: {
    cause: 'A fault of ours. The log has the reason under the `request_id`; the answer never does.',
    remedy: 'Report the `request_id`. A request with an `Idempotency-Key` can be repeated without harm.',
  },
  student_not_found: {
    cause:
      'No student has this id, or the record is somebody else’s: the two cannot be told apart. The grades service knows a student only once notified.',
    remedy:
      'Check the id with `GET /students`. For marks, notify the grades service first (`POST /notify_grades/{student_id}`).',
  },
  student_deleted: {
    cause: 'Registration deleted the student; a late `init_student` must not bring the space for their marks back.',
    remedy: 'Register the person anew: a new student has a new id.',
  },
  email_taken: {
    cause: 'Another student has this e-mail address; upper and lower case do not count.',
    remedy: 'Use another address, or find the student who has it.',
  },
  phone_taken: {
    cause: 'Another student has this phone number, in whatever spelling.',
    remedy: 'Use another number, or find the student who has it (`GET /students?phone=`).',
  },
  account_already_registered: {
    cause: 'The account in `username` already belongs to a student.',
    remedy: 'Leave `username` out, or name another account.',
  },
  person_not_found: {
    cause: 'No person has this id, or the record is somebody else’s: the two cannot be told apart.',
    remedy: 'Check the id with `GET /persons?q=`.',
  },
  health_not_found: {
    cause: 'The person exists, and nothing was ever measured, or all of it was deleted.',
    remedy: 'Add a measurement with `POST /health/{person_id}`.',
  },
  username_taken: {
    cause: 'An account has this name; upper and lower case and compatible spellings do not count.',
    remedy: 'Choose another name.',
  },
  user_not_found: {
    cause: 'No account has this name, or the account is not yours to see.',
    remedy: 'Check the name; an admin can list accounts (`GET /users?q=`).',
  },
  session_not_found: {
    cause: 'No open session of yours has this id; it may just have ended.',
    remedy: 'List your sessions with `GET /auth/sessions`.',
  },
  own_admin_rights: {
    cause: 'An admin tried to take their own rights away, which could leave nobody to give them back.',
    remedy: 'Let another admin do it.',
  },
  invalid_credentials: {
    cause: 'The username or the password is wrong, or the account is disabled: the answer does not say which.',
    remedy: 'Try again with care: failures make the next attempt wait.',
  },
  invalid_token: {
    cause: 'The access token is altered, expired, or of a session that has ended.',
    remedy: 'Refresh the session, or sign in again.',
  },
  invalid_refresh_token: {
    cause:
      'The refresh token was used before, or its session has ended. A second use of one ends the session, since one of the two users stole it.',
    remedy: 'Sign in again. Keep only the newest pair of tokens.',
  },
  refresh_in_progress: {
    cause: 'Two calls exchanged the same refresh token at the same moment; the other one won.',
    remedy: 'Use the tokens that the other call got; let one part of your program do the refreshing.',
  },
  too_many_attempts: {
    cause: 'Too many wrong passwords, for this account or from this address.',
    remedy: 'Wait for `Retry-After` seconds; each further failure doubles the wait.',
  },
  article_not_found: {
    cause: 'No article on sale has this id.',
    remedy: 'List the articles with `GET /orders/articles` or `GET /products`.',
  },
  order_not_found: {
    cause: 'No order has this id, or the order is somebody else’s: the two cannot be told apart.',
    remedy: 'List your orders with `GET /orders`.',
  },
  out_of_stock: {
    cause: 'Fewer pieces are left than were asked for. Nothing of the order was reserved.',
    remedy: 'Ask for fewer, or leave the article out; unpaid reservations lapse after 15 minutes.',
  },
  mixed_currencies: {
    cause: 'The articles of one order have prices in different currencies.',
    remedy: 'Place one order for each currency.',
  },
  too_many_changes: {
    cause: 'One change would touch more articles than one transaction can hold.',
    remedy: 'Change the order in several steps.',
  },
  illegal_transition: {
    cause:
      'An order moves only along its life (see the architecture page): a paid one is not cancelled but refunded, for instance.',
    remedy: 'Read the order’s state and choose a move that starts there.',
  },
  account_disabled: {
    cause: 'The account of the buyer is disabled.',
    remedy: 'Ask an admin to enable it.',
  },
  card_declined: {
    cause: 'The payment provider refused the card. Nothing was charged.',
    remedy: 'Pay with another card or by other means; the order waits until its reservation lapses.',
  },
  insufficient_funds: {
    cause: 'The account behind the card does not hold the amount. Nothing was charged.',
    remedy: 'Pay with another card or by other means.',
  },
  payment_unconfirmed: {
    cause: 'The payment provider’s answer did not arrive in time: it may or may not have charged.',
    remedy: 'Send the same request again: the provider recognises it and charges once.',
  },
  refund_above_payment: {
    cause: 'The refunds of an order would come to more than was paid for it.',
    remedy: 'Refund at most what is left of the payment.',
  },
};
