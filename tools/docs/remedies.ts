import { remediesOfMarks } from './remedies-of-marks.ts';
import { remediesOfStudents } from './remedies-of-students.ts';
import type { Remedy } from './remedy.ts';

/** One for each code; a test compares them with the code's. */
export const remedies: Readonly<Record<string, Remedy>> = {
  ...remediesOfMarks,
  ...remediesOfStudents,
  malformed_json: {
    cause: 'The body is not one JSON object in UTF-8, repeats a key, or is nested deeper than 32 levels.',
    remedy:
      'Print the body as it leaves your program. A repeated key is refused because two parsers could read it differently.',
  },
  malformed_address: {
    cause: 'The path holds a `%` that begins no escape, or escapes of another encoding than UTF-8 (`%E9` for `é`).',
    remedy: 'Encode what you put into a path as UTF-8 (`é` is `%C3%A9`, `%` is `%25`), as `encodeURIComponent` does.',
  },
  invalid_input: {
    cause:
      'A field of the body, of the path, of the query or of a header is missing, unknown, of the wrong type or breaks a rule.',
    remedy:
      'Read `errors`: each item names the place (`pointer`), a stable `code` and a sentence for people. Unknown fields are refused on purpose.',
  },
  list_too_long: {
    cause: 'The list has more than 4,000 lines, a hundred pages of a PDF.',
    remedy: 'Filter it, by class or by name, or take it in another format: CSV and XLSX have no such limit.',
  },
  printing_unavailable: {
    cause:
      'Campus runs on a machine for which the typesetter has no binary: it exists for Linux, macOS and Windows, on x64 and arm64. Or npm left optional dependencies out.',
    remedy:
      'Install with `npm ci` and without `--omit=optional`; `npm run doctor` says what is missing. Everything but the PDFs works without it.',
  },
  not_acceptable: {
    cause: 'The `Accept` header admits none of the media types in which this operation can answer.',
    remedy: 'Ask for `application/json`, or for what the description of the operation names; or leave the header out.',
  },
  invalid_cursor: {
    cause: 'The `cursor` was altered, or belongs to another list, to other filters or to another caller.',
    remedy: 'Follow the `Link` header of the page before as it is; else start from the first page.',
  },
  reserved_header: {
    cause: 'The request carries a header by which the local emulator would let it choose its own identity.',
    remedy: 'Leave `sls-offline-authorizer-override` out and send a bearer token.',
  },
  too_many_pending_orders: {
    cause:
      'The buyer has as many unpaid orders as one buyer may have (`PENDING_ORDERS_LIMIT`): each keeps stock from others.',
    remedy: 'Pay for one, cancel one, or wait until one expires, 15 minutes after it was placed.',
  },
  credit_limit_reached: {
    cause:
      'With this purchase the buyer would owe more on account than one buyer may in that currency (`ACCOUNT_CREDIT_LIMIT`), other purchases of theirs that were not given back included.',
    remedy: 'Place an order (`POST /orders`) and pay for it. A refund by an admin lowers what is owed.',
  },
  unknown_username: {
    cause:
      'A record was to be bound to a `username` that no account has (where several were named, `errors` says which), or by a teacher to the account of an admin. Bound to a name that is still free, it would be read by whoever signs up under it.',
    remedy:
      'Leave it out. Once its holder has signed up, bind the record to their account, or hand them a code: `POST /students/{id}/claim-code` or `POST /persons/{id}/claim-code`.',
  },
  claim_code_not_found: {
    cause: 'The code is mistyped, was used already, was replaced by a newer one, or is older than 30 days.',
    remedy: 'Compare it with what the office wrote down; else ask for another. Ten tries an hour are counted.',
  },
  already_claimed: {
    cause: 'A code was asked for a record that an account has.',
    remedy: 'Take the `username` off the record first, if it is the wrong one.',
  },
  unauthenticated: {
    cause: 'No bearer token, or one that is altered, expired, or of a session that has ended.',
    remedy:
      'Sign in (`POST /auth/login`) or refresh the session (`POST /auth/refresh`), then send `Authorization: Bearer <access_token>`.',
  },
  forbidden: {
    cause:
      'The role in the token does not allow this operation, whatever the record, or not in this way: only an admin records money that came in.',
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
  already_there: {
    cause:
      'The request carries `If-None-Match`, and what it would change exists (`*`) or is of the version in its tag.',
    remedy: 'Leave the header out to change what exists. To guard against the changes of others send `If-Match`.',
  },
  payload_too_large: {
    cause: 'The body is over 1 MiB.',
    remedy: 'Send less at once.',
  },
  unsupported_media_type: {
    cause: 'The `Content-Type` is missing or is not one that the operation reads.',
    remedy: 'Send `Content-Type: application/json` with UTF-8, unless the operation names another type.',
  },
  unsupported_content_coding: {
    cause: 'The `Content-Encoding` says that the body is compressed, as with `gzip`.',
    remedy: 'Send the body as it is and leave the header out; the answer’s `Accept-Encoding` says so to programs.',
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
    cause:
      'DynamoDB did not keep up or did not answer, too many changes met on one item, or more passwords than fit are being hashed.',
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
  invalid_code: {
    cause:
      'The code was used before, is older than a minute, or was given to a program with another secret or address; or the session in which it was given has ended.',
    remedy: 'Begin the sign-in through the browser again.',
  },
  refresh_in_progress: {
    cause: 'Two calls exchanged the same refresh token at the same moment; the other one won.',
    remedy: 'Use the tokens that the other call got; let one part of your program do the refreshing.',
  },
  reserved_username: {
    cause:
      'The name is kept for the school (`admin`, `root`, …), or can be taken for it or for the name of a teacher or admin: accents, dots and look-alike letters make no difference.',
    remedy: 'Take another name. The first admin is made with `npm run admin:create`.',
  },
  too_many_attempts: {
    cause:
      'Too many wrong passwords for this account or from this address, too many sign-ins to one account at once, or too many sign-ups from one network within an hour.',
    remedy: 'Wait for `Retry-After` seconds; each further try that fails doubles the wait.',
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
    remedy: 'Pay with another card or by other means; an order waits until its reservation lapses.',
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
