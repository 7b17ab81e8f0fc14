// Made from openapi.json by `npm run openapi`: change the operations, not this file.
export interface paths {
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell that the API is up, and which version
         * @description Asks nothing of a database or of another service.
         *
         *     Who: Anyone, without a token.
         */
        get: operations["readStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This description of the API, as OpenAPI 3.1
         * @description Who: Anyone, without a token.
         */
        get: operations["readOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the description of the API, and try it
         * @description Who: Anyone, without a token.
         */
        get: operations["showDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{asset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A script or style of the page that shows the description
         * @description Who: Anyone, without a token.
         */
        get: operations["readDocsAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts by username
         * @description `q` is what the username begins with, accents and case ignored.
         *
         *     Who: admin only.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Create an account
         * @description Anyone may; the account is a student’s until an admin says otherwise.
         *
         *     Who: Anyone, without a token.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a username and password
         * @description Opens no session. Wrong passwords count just as they do when signing in.
         *
         *     Who: Anyone, without a token.
         */
        post: operations["verifyCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a profile
         * @description Contact data is for the owner and admins.
         *
         *     Who: admin, teacher and the owner of the record only.
         */
        get: operations["readProfile"];
        /**
         * Change an account
         * @description What is absent stays as it is, `null` erases. To change your own password also send `old_password`. `role`, `disabled` and `unlock` (forget the wrong passwords that block signing in) are for admins, who may also set somebody else’s password. A new password, role or `disabled` ends every session of the account, this one too.
         *
         *     Who: admin and the owner of the record only.
         */
        put: operations["changeProfile"];
        post?: never;
        /**
         * Delete an account
         * @description Its sessions end at once. Its username is never given out again.
         *
         *     Who: admin and the owner of the record only.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Who: Anyone, without a token.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description The same as `POST /auth/login`.
         *
         *     Who: Anyone, without a token.
         */
        post: operations["logInAtApiLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check an access token
         * @description Who: Anyone, without a token.
         */
        post: operations["verifyToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for a new pair of tokens
         * @description A refresh token is good for one exchange; used again, it ends the session. Of two calls at once with the same token one gets the pair, the other 409, and the session goes on.
         *
         *     Who: Anyone, without a token.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description The access token that asks, and the refresh token of its session, stop working at once.
         *
         *     Who: Anyone who is signed in.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own open sessions, newest first
         * @description Who: Anyone who is signed in.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your own sessions
         * @description Who: Anyone who is signed in.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys that access tokens verify with
         * @description During a rotation there are two.
         *
         *     Who: Anyone, without a token.
         */
        get: operations["publishKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/init_student": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open the space for a student’s marks
         * @description Again, it keeps the marks. What registration told of the student is never overwritten.
         *
         *     Who: admin only.
         */
        post: operations["initStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/add_grade/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enter a mark
         * @description Who: admin and teacher only.
         */
        post: operations["addGrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/get_grades/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A student’s name and marks, in the order of entry
         * @description Who: admin, teacher and the owner of the record only.
         */
        get: operations["getGrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the current values
         * @description With `Accept: application/fhir+json`, a FHIR R4 Bundle of Observations.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["readHealth"];
        /**
         * Replace the current values
         * @description What is not given is no longer current. The history keeps what was.
         *
         *     Who: admin and the owner of the record only.
         */
        put: operations["replaceHealth"];
        /**
         * Add a measurement
         * @description Answers the current values: of each sign, what was measured last.
         *
         *     Who: admin and the owner of the record only.
         */
        post: operations["addMeasurement"];
        /**
         * Delete the current values and the history
         * @description May be repeated, as after a failure half-way.
         *
         *     Who: admin and the owner of the record only.
         */
        delete: operations["deleteHealth"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/{person_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the measurements, newest first
         * @description Who: admin and the owner of the record only.
         */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/{person_id}/access-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who read or changed the health data, newest first
         * @description Traces are kept for a year.
         *
         *     Who: admin only.
         */
        get: operations["listAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the catalogue
         * @description What is on sale, by name. `q` finds the beginnings of words of the name, accents and case ignored.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["listCatalogue"];
        put?: never;
        /**
         * Put a product on sale
         * @description The price is in minor units; the currency XOF unless said.
         *
         *     Who: admin only.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue, as the shop shows it
         * @description Who: Anyone who is signed in.
         */
        get: operations["listArticles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a product
         * @description Retired ones too, since orders hold them.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["readProduct"];
        /**
         * Replace a product
         * @description Orders keep the name and price they were made with. Stock and retirement stay where they are not said.
         *
         *     Who: admin only.
         */
        put: operations["changeProduct"];
        post?: never;
        /**
         * Take a product off sale
         * @description One that was ordered is retired, not erased: its orders still name it.
         *
         *     Who: admin only.
         */
        delete: operations["deleteProduct"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders, newest first
         * @description One’s own; an admin sees everybody’s, or those of `username`. A page filtered by `state` may be short.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["listTheOrders"];
        put?: never;
        /**
         * Order articles
         * @description Reserves all lines or none for 15 minutes, at the prices of this moment. Until then it is to be paid, or it expires.
         *
         *     Who: Anyone who is signed in.
         */
        post: operations["orderArticles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an order
         * @description Who: admin and the owner of the record only.
         */
        get: operations["readOrder"];
        /**
         * Change what a pending order holds
         * @description Articles it held keep their price, new ones come at the price of this moment. The reservation ends as before.
         *
         *     Who: admin and the owner of the record only.
         */
        put: operations["changeOrderItems"];
        post?: never;
        /**
         * Cancel a pending order
         * @description Its stock goes back; the order stays to be read, as cancelled.
         *
         *     Who: admin and the owner of the record only.
         */
        delete: operations["cancelOrder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a paid order was shipped
         * @description Who: admin only.
         */
        post: operations["shipOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a shipped order was delivered
         * @description Who: admin only.
         */
        post: operations["deliverOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay for a pending order
         * @description Simulated. Test cards: 4242 4242 4242 4242 is approved, 4000 0000 0000 0002 declined, 4000 0000 0000 9995 lacks funds, and 4000 0000 0000 0119 is charged although its answer is lost (503: try again). Any other is declined. At most one charge, always.
         *
         *     Who: the owner of the record only.
         */
        post: operations["payOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give money back
         * @description All that is left of the payment, or `amount` in minor units. Once the whole is given back the order is refunded and its stock returns.
         *
         *     Who: admin only.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/buy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy an article at once
         * @description `id` is the buyer’s username. Makes an order that is paid on the buyer’s account with the school.
         *
         *     Who: the owner of the record only.
         */
        post: operations["buyArticle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/buy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy an article at once
         * @description `id` is the buyer’s username. Makes an order that is paid on the buyer’s account with the school.
         *
         *     The same as `POST /orders/{id}/buy`.
         *
         *     Who: the owner of the record only.
         */
        post: operations["buyArticleAtApiBuy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a user bought, newest first
         * @description `id` is the buyer’s username. One element for each article of each order that was paid; `price` is that of one.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["listThePurchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a user bought, newest first
         * @description `id` is the buyer’s username. One element for each article of each order that was paid; `price` is that of one.
         *
         *     The same as `GET /orders/{id}/purchases`.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["listThePurchasesAtApiPurchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List persons by name
         * @description `q` is the beginning of a name; accents and case do not count.
         *
         *     Who: admin and teacher only.
         */
        get: operations["listPersons"];
        put?: never;
        /**
         * Create a person
         * @description Who: admin and teacher only.
         */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/persons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a person
         * @description Who: admin, teacher and the owner of the record only.
         */
        get: operations["readPerson"];
        /**
         * Replace what is known of a person
         * @description Who: admin only.
         */
        put: operations["replacePerson"];
        post?: never;
        /**
         * Delete a person
         * @description Their health data is erased too, moments later.
         *
         *     Who: admin only.
         */
        delete: operations["deletePerson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a student
         * @description A student may register themself, once. `name` becomes first + last name where these are given; of a name alone the last word is the last name.
         *
         *     Who: Anyone who is signed in.
         */
        post: operations["registerStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the payment of an enrolment
         * @description Without a body, the fee that is due. Paying again answers the same and records nothing. Only an admin may record another amount or currency than the one due.
         *
         *     Who: admin and the owner of the record only.
         */
        post: operations["confirmPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notify_grades/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell the grades service of a student
         * @description From then on it also hears of every change. The message is kept until the queue has taken it, so `queued` holds even while the queue is down. May be repeated.
         *
         *     Who: admin only.
         */
        post: operations["notifyGrades"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List students
         * @description First and last names by prefix, accents and case ignored; class, phone and `paid` exactly. By id, or by name where a name or a class is asked for. A page may be short with more to follow: only a missing `Link` ends the list.
         *
         *     Who: admin and teacher only.
         */
        get: operations["listStudents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a student
         * @description Who: admin, teacher and the owner of the record only.
         */
        get: operations["readStudent"];
        put?: never;
        post?: never;
        /**
         * Delete a student
         * @description Their email, phone and account are free again, and the grades service hears of it. What they owed and paid stays in the ledger, which an admin may still read.
         *
         *     Who: admin only.
         */
        delete: operations["deleteStudent"];
        options?: never;
        head?: never;
        /**
         * Change a student
         * @description A JSON merge patch: null takes an optional field away. A student whom the grades service knows is changed there too.
         *
         *     Who: admin only.
         */
        patch: operations["amendStudent"];
        trace?: never;
    };
    "/students/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a student owes and paid
         * @description Oldest first. A positive balance is still owed. The ledger outlives the student, for admins.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["readPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details. The language is the one of `Content-Language`. */
        Problem: {
            /**
             * Format: uri
             * @description A URI that names the problem
             */
            type: string;
            title: string;
            status: number;
            /** @description What to do about it */
            detail: string;
            /** @description Stable: programs decide by it */
            code: string;
            /** @description Names this request in our logs */
            request_id: string;
            /** @description One item for each refused field */
            errors?: {
                /** @description `#/field` in the body, else `query/…`, `path/…`, `header/…` */
                pointer: string;
                detail: string;
                code: string;
            }[];
        };
        Access: {
            id: string;
            /** Format: date-time */
            at: string;
            username: string;
            /** @enum {string} */
            role: "admin" | "teacher" | "student";
            /** @enum {string} */
            action: "read" | "read_history" | "add" | "replace" | "delete";
            request_id?: string;
        };
        AccountChange: {
            /** @enum {string} */
            role?: "admin" | "teacher" | "student";
            disabled?: boolean;
            /** @constant */
            unlock?: true;
            first_name?: string | null;
            last_name?: string | null;
            email?: string | null;
            phone?: string | null;
            /** Format: password */
            password?: string;
            old_password?: string;
        };
        Amendment: {
            /** Format: line */
            name?: string;
            first_name?: string | null;
            last_name?: string | null;
            /** Format: email */
            email?: string;
            phone?: string | null;
            class_name?: string | null;
            username?: string | null;
        };
        Article: {
            id: number;
            name: string;
        };
        Bundle: {
            /** @constant */
            resourceType: "Bundle";
            /** @constant */
            type: "collection";
            /** Format: date-time */
            timestamp: string;
            entry: {
                fullUrl: string;
                resource: {
                    /** @constant */
                    resourceType: "Observation";
                    meta: {
                        profile: string[];
                    };
                    /** @constant */
                    status: "final";
                    category: {
                        coding: {
                            /** Format: uri */
                            system: string;
                            code: string;
                            display?: string;
                        }[];
                        text?: string;
                    }[];
                    code: {
                        coding: {
                            /** Format: uri */
                            system: string;
                            code: string;
                            display?: string;
                        }[];
                        text?: string;
                    };
                    subject: {
                        reference: string;
                        identifier: {
                            system: string;
                            value: string;
                        };
                    };
                    /** Format: date-time */
                    effectiveDateTime: string;
                    valueQuantity?: {
                        value: number;
                        unit: string;
                        /** @constant */
                        system: "http://unitsofmeasure.org";
                        code: string;
                    };
                    component?: {
                        code: {
                            coding: {
                                /** Format: uri */
                                system: string;
                                code: string;
                                display?: string;
                            }[];
                            text?: string;
                        };
                        valueQuantity: {
                            value: number;
                            unit: string;
                            /** @constant */
                            system: "http://unitsofmeasure.org";
                            code: string;
                        };
                    }[];
                };
            }[];
        };
        Credentials: {
            username: string;
            password: string;
        };
        HealthView: {
            weight?: number;
            height?: number;
            heart_rate?: number;
            blood_pressure?: {
                systolic: number;
                diastolic: number;
            };
            person_id: number;
            bmi?: number;
            /** Format: date-time */
            measured_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        HistoryEntry: {
            weight?: number;
            height?: number;
            heart_rate?: number;
            blood_pressure?: {
                systolic: number;
                diastolic: number;
            };
            id: string;
            bmi?: number;
            /** Format: date-time */
            measured_at: string;
            /** Format: date-time */
            recorded_at: string;
            recorded_by: string;
        };
        Ledger: {
            student_id: number;
            fees: {
                id: string;
                amount: number;
                currency: string;
                /** Format: date-time */
                at: string;
            }[];
            payments: {
                id: string;
                amount: number;
                currency: string;
                /** Format: date-time */
                at: string;
                method?: string;
                settles: number;
                recorded_by: string;
            }[];
            balance: number;
            currency: string;
        };
        Line: {
            product_id: number;
            name: string;
            price: number;
            quantity: number;
        };
        Measurement: {
            weight?: number;
            height?: number;
            heart_rate?: number;
            blood_pressure?: {
                systolic: number;
                diastolic: number;
            };
            /** Format: date-time */
            measured_at?: string;
        };
        NewMark: {
            grade: number;
            /** Format: line */
            subject?: string;
            /** @default 1 */
            coefficient: number;
            /** Format: line */
            comment?: string;
        };
        NewProduct: {
            /** Format: line */
            name: string;
            /** Format: line */
            description?: string;
            /** Format: line */
            category?: string;
            price: number;
            /**
             * Format: currency
             * @default XOF
             * @example XOF
             * @example EUR
             */
            currency: string;
            /** @default 0 */
            stock: number;
        };
        NewSpace: {
            id: number;
            /** Format: line */
            name: string;
            /** Format: line */
            class_name?: string;
        };
        OpenApi: {
            /** @constant */
            openapi: "3.1.1";
        } & {
            [key: string]: unknown;
        };
        Order: {
            id: string;
            username: string;
            /** @enum {string} */
            state: "pending" | "paid" | "shipped" | "delivered" | "cancelled" | "expired" | "refunded";
            items: components["schemas"]["Line"][];
            total: number;
            currency: string;
            paid_amount: number;
            refunded_amount: number;
            payment?: {
                /** @enum {string} */
                method: "card" | "cash" | "mobile_money" | "account";
                card_last4?: string;
            };
            /** Format: date-time */
            reserved_until?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Payment: {
            amount?: number;
            /**
             * Format: currency
             * @example XOF
             * @example EUR
             */
            currency?: string;
            /** Format: line */
            method?: string;
        };
        PersonFields: {
            /** Format: line */
            name: string;
            /** Format: date */
            birth_date?: string;
            /** Format: email */
            email?: string;
            /**
             * Format: username
             * @example victor
             */
            username?: string;
        };
        PersonView: {
            id: number;
            name: string;
            birth_date?: string;
            email?: string;
            username?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Product: {
            id: number;
            name: string;
            description?: string;
            category?: string;
            price: number;
            currency: string;
            stock: number;
            active: boolean;
        };
        ProductReplacement: {
            /** Format: line */
            name: string;
            /** Format: line */
            description?: string;
            /** Format: line */
            category?: string;
            price: number;
            /**
             * Format: currency
             * @default XOF
             * @example XOF
             * @example EUR
             */
            currency: string;
            stock?: number;
            active?: boolean;
        };
        Profile: {
            username: string;
            /** @enum {string} */
            role: "admin" | "teacher" | "student";
            first_name?: string;
            last_name?: string;
            email?: string;
            phone?: string;
            disabled: boolean;
            /** Format: date-time */
            created_at: string;
        };
        Registration: {
            /** Format: line */
            name: string;
            /** Format: email */
            email: string;
            /**
             * Format: phone
             * @example +221771234567
             * @example 77 123 45 67
             */
            phone?: string;
            /** Format: line */
            class_name?: string;
            /** Format: line */
            first_name?: string;
            /** Format: line */
            last_name?: string;
            /**
             * Format: username
             * @example victor
             */
            username?: string;
        };
        SessionView: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string;
            /** Format: date-time */
            expires_at: string;
            source_ip: string;
            user_agent?: string;
            current: boolean;
        };
        SignUp: {
            /** Format: line */
            first_name?: string;
            /** Format: line */
            last_name?: string;
            /** Format: email */
            email?: string;
            /**
             * Format: phone
             * @example +221771234567
             * @example 77 123 45 67
             */
            phone?: string;
            /**
             * Format: username
             * @example victor
             */
            username: string;
            /** Format: password */
            password: string;
        };
        Status: {
            /** @constant */
            status: "ok";
            version: string;
        };
        StudentView: {
            id: number;
            name: string;
            first_name?: string;
            last_name?: string;
            email?: string;
            phone?: string;
            class_name?: string;
            username?: string;
            paid: boolean;
            notified: boolean;
            /** Format: date-time */
            registered_at: string;
        };
        TokenPair: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
            refresh_token: string;
            username: string;
            /** @enum {string} */
            role: "admin" | "teacher" | "student";
        };
        Wanted: {
            items: {
                product_id: number;
                /** @default 1 */
                quantity: number;
            }[];
        };
    };
    responses: {
        /** @description `account_already_registered`: Account already registered · `email_taken`: Email already taken · `phone_taken`: Phone number already taken */
        "account_already_registered.email_taken.phone_taken": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `article_not_found`: Article not found */
        article_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `article_not_found`: Article not found · `user_not_found`: User not found */
        "article_not_found.user_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `busy`: Service momentarily busy */
        busy: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `busy`: Service momentarily busy · `payment_unconfirmed`: Payment not confirmed */
        "busy.payment_unconfirmed": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `busy`: Service momentarily busy · `peer_unavailable`: Internal service unavailable */
        "busy.peer_unavailable": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `forbidden`: Forbidden */
        forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `idempotency_key_reused`: Idempotency key already used */
        idempotency_key_reused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `illegal_transition`: The state of the order does not allow it */
        illegal_transition: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `illegal_transition`: The state of the order does not allow it · `card_declined`: Card declined · `insufficient_funds`: Insufficient funds */
        "illegal_transition.card_declined.insufficient_funds": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `illegal_transition`: The state of the order does not allow it · `out_of_stock`: Out of stock · `mixed_currencies`: Several currencies · `too_many_changes`: Too many articles changed at once */
        "illegal_transition.out_of_stock.mixed_currencies.too_many_changes": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `illegal_transition`: The state of the order does not allow it · `refund_above_payment`: Refund above the payment */
        "illegal_transition.refund_above_payment": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal_error`: Internal error */
        internal_error: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_credentials`: Invalid credentials */
        invalid_credentials: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_input`: Invalid input · `reserved_header`: Reserved header */
        "invalid_input.reserved_header": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_input`: Invalid input · `reserved_header`: Reserved header · `invalid_cursor`: Invalid cursor */
        "invalid_input.reserved_header.invalid_cursor": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_input`: Invalid input · `reserved_header`: Reserved header · `malformed_json`: Malformed JSON body */
        "invalid_input.reserved_header.malformed_json": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_refresh_token`: Invalid or expired refresh token */
        invalid_refresh_token: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_token`: Invalid or expired token */
        invalid_token: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`: Not found */
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `order_not_found`: Order not found */
        order_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `order_not_found`: Order not found · `article_not_found`: Article not found */
        "order_not_found.article_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `out_of_stock`: Out of stock */
        out_of_stock: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `out_of_stock`: Out of stock · `mixed_currencies`: Several currencies · `account_disabled`: Account disabled */
        "out_of_stock.mixed_currencies.account_disabled": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `own_admin_rights`: Admins cannot remove themselves */
        own_admin_rights: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `payload_too_large`: Body too large */
        payload_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `person_not_found`: Person not found */
        person_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `person_not_found`: Person not found · `health_not_found`: No health data */
        "person_not_found.health_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `refresh_in_progress`: Token already being exchanged */
        refresh_in_progress: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `session_not_found`: Session not found */
        session_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `stale_version`: Stale version */
        stale_version: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_deleted`: Student deleted */
        student_deleted: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_not_found`: Student not found */
        student_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_many_attempts`: Too many attempts */
        too_many_attempts: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: Authentication required */
        unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: Unsupported media type */
        unsupported_media_type: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `user_not_found`: User not found */
        user_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `user_not_found`: User not found · `article_not_found`: Article not found */
        "user_not_found.article_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `username_taken`: Username already taken */
        username_taken: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description French unless English is preferred */
        "Accept-Language": string;
        /** @description The same key and request give the first answer again, for 24 hours */
        "Idempotency-Key": string;
        /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
        "If-Match": string;
        /** @description An `ETag`: 304 without a body when it is still the present one */
        "If-None-Match": string;
    };
    requestBodies: never;
    headers: {
        /** @description Names this request in our logs: the one that was sent, when it is sane */
        "X-Request-Id": string;
        /** @description The version of what was answered, for `If-Match` */
        ETag: string;
        /** @description The next page, `rel="next"`; absent on the last one */
        Link: string;
        /** @description The path of what was made */
        Location: string;
        /** @description Seconds after which it is worth trying again */
        "Retry-After": string;
        /** @description How to authenticate */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "0.1.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Status"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApi"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    showDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readDocsAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                asset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                    "text/css": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            404: components["responses"]["not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                q?: string;
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "username": "admin",
                     *         "role": "admin",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "admin-a3f1",
                     *         "role": "admin",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "baptiste",
                     *         "role": "student",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "kilian",
                     *         "role": "student",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "new-a3f1",
                     *         "role": "student",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "prof",
                     *         "role": "teacher",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "student-a3f1",
                     *         "role": "student",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "username": "victor",
                     *         "role": "student",
                     *         "disabled": false,
                     *         "created_at": "2026-11-20T09:00:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Profile"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "awa.diop",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["SignUp"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "awa.diop",
                     *       "role": "student",
                     *       "disabled": false,
                     *       "created_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            409: components["responses"]["username_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    verifyCredentials: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "victor",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid": true
                     *     }
                     */
                    "application/json": {
                        valid: boolean;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "u751135160",
                     *       "role": "student",
                     *       "first_name": "Awa",
                     *       "disabled": false,
                     *       "created_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Not modified: `If-None-Match` named the present version */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    changeProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery",
                 *       "old_password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "owner-a3f1",
                     *       "role": "student",
                     *       "first_name": "Awa",
                     *       "disabled": false,
                     *       "created_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["user_not_found"];
            409: components["responses"]["own_admin_rights"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            409: components["responses"]["own_admin_rights"];
            412: components["responses"]["stale_version"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "awa.diop",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2aWN0b3IifQ.c2lnbmF0dXJl",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900,
                     *       "refresh_token": "dmljdG9yADAxOTM0NzZl",
                     *       "username": "awa.diop",
                     *       "role": "student"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["invalid_credentials"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    logInAtApiLogin: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "awa.diop",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2aWN0b3IifQ.c2lnbmF0dXJl",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900,
                     *       "refresh_token": "dmljdG9yADAxOTM0NzZl",
                     *       "username": "awa.diop",
                     *       "role": "student"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["invalid_credentials"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    verifyToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2aWN0b3IifQ.c2lnbmF0dXJl"
                 *     }
                 */
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "u751135160",
                     *       "valid": true,
                     *       "role": "student",
                     *       "expires_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        username: string;
                        /** @constant */
                        valid: true;
                        /** @enum {string} */
                        role: "admin" | "teacher" | "student";
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["invalid_token"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "dmljdG9yADAxOTM0NzZl"
                 *     }
                 */
                "application/json": {
                    refresh_token: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2aWN0b3IifQ.c2lnbmF0dXJl",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900,
                     *       "refresh_token": "dmljdG9yADAxOTM0NzZl",
                     *       "username": "student-a3f1",
                     *       "role": "student"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["invalid_refresh_token"];
            409: components["responses"]["refresh_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "last_used_at": "2026-11-20T09:00:00.000Z",
                     *         "expires_at": "2026-11-20T09:00:00.000Z",
                     *         "source_ip": "127.0.0.1",
                     *         "user_agent": "node",
                     *         "current": true
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "last_used_at": "2026-11-20T09:00:00.000Z",
                     *         "expires_at": "2026-11-20T09:00:00.000Z",
                     *         "source_ip": "127.0.0.1",
                     *         "user_agent": "node",
                     *         "current": false
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "last_used_at": "2026-11-20T09:00:00.000Z",
                     *         "expires_at": "2026-11-20T09:00:00.000Z",
                     *         "source_ip": "127.0.0.1",
                     *         "user_agent": "node",
                     *         "current": false
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "last_used_at": "2026-11-20T09:00:00.000Z",
                     *         "expires_at": "2026-11-20T09:00:00.000Z",
                     *         "source_ip": "127.0.0.1",
                     *         "user_agent": "node",
                     *         "current": false
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "last_used_at": "2026-11-20T09:00:00.000Z",
                     *         "expires_at": "2026-11-20T09:00:00.000Z",
                     *         "source_ip": "127.0.0.1",
                     *         "user_agent": "node",
                     *         "current": false
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["SessionView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["session_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    publishKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kty": "EC",
                     *           "crv": "P-256",
                     *           "kid": "a3f1",
                     *           "x": "uAM29WOryhCIR0HZafdMONLsge80nOiLlnUVGMo4fS0",
                     *           "y": "RU40NYETxckt6SHQxR4sYI-KADqRudd5BTpWwKEoFo0",
                     *           "use": "sig",
                     *           "alg": "ES256"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        keys: {
                            kty: string;
                            crv: string;
                            kid: string;
                            x: string;
                            y: string;
                            /** @constant */
                            use: "sig";
                            alg: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    initStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": 122978689,
                 *       "name": "Awa Diop"
                 *     }
                 */
                "application/json": components["schemas"]["NewSpace"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Espace notes créé pour Awa Diop"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["student_deleted"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    addGrade: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                student_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grade": 15.5
                 *     }
                 */
                "application/json": components["schemas"]["NewMark"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Note ajoutée",
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d"
                     *     }
                     */
                    "application/json": {
                        message: string;
                        id: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    getGrades: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                student_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Awa Diop",
                     *       "grades": [
                     *         7,
                     *         0,
                     *         1,
                     *         2,
                     *         3,
                     *         4,
                     *         5,
                     *         6,
                     *         16,
                     *         8,
                     *         9,
                     *         10,
                     *         11,
                     *         12,
                     *         13,
                     *         14,
                     *         15,
                     *         17,
                     *         19,
                     *         18
                     *       ]
                     *     }
                     */
                    "application/json": {
                        name: string;
                        grades: number[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "weight": 70,
                     *       "height": 175,
                     *       "heart_rate": 60,
                     *       "blood_pressure": {
                     *         "systolic": 120,
                     *         "diastolic": 80
                     *       },
                     *       "person_id": 46,
                     *       "bmi": 22.9,
                     *       "measured_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthView"];
                    "application/fhir+json": components["schemas"]["Bundle"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found.health_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    replaceHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                person_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "weight": 71
                 *     }
                 */
                "application/json": components["schemas"]["Measurement"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "weight": 71,
                     *       "person_id": 14,
                     *       "measured_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    addMeasurement: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                person_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "weight": 70,
                 *       "height": 175,
                 *       "heart_rate": 60,
                 *       "blood_pressure": {
                 *         "systolic": 120,
                 *         "diastolic": 80
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Measurement"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "weight": 70,
                     *       "height": 175,
                     *       "heart_rate": 60,
                     *       "blood_pressure": {
                     *         "systolic": 120,
                     *         "diastolic": 80
                     *       },
                     *       "person_id": 46,
                     *       "bmi": 22.9,
                     *       "measured_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    deleteHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "weight": 72,
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "measured_at": "2026-11-20T09:00:00.000Z",
                     *         "recorded_at": "2026-11-20T09:00:00.000Z",
                     *         "recorded_by": "victor"
                     *       },
                     *       {
                     *         "weight": 70,
                     *         "height": 175,
                     *         "heart_rate": 60,
                     *         "blood_pressure": {
                     *           "systolic": 120,
                     *           "diastolic": 80
                     *         },
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "bmi": 22.9,
                     *         "measured_at": "2026-11-20T09:00:00.000Z",
                     *         "recorded_at": "2026-11-20T09:00:00.000Z",
                     *         "recorded_by": "victor"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["HistoryEntry"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    listAccesses: {
        parameters: {
            query?: {
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                person_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "username": "admin",
                     *         "role": "admin",
                     *         "action": "read",
                     *         "request_id": "a3f1"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "username": "victor",
                     *         "role": "student",
                     *         "action": "add",
                     *         "request_id": "a3f1"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Access"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    listCatalogue: {
        parameters: {
            query?: {
                q?: string;
                category?: string;
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": 18,
                     *         "name": "Cahier de physique",
                     *         "category": "papeterie",
                     *         "price": 1500,
                     *         "currency": "XOF",
                     *         "stock": 20,
                     *         "active": true
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Product"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Cahier de physique",
                 *       "category": "papeterie",
                 *       "price": 1500,
                 *       "currency": "XOF",
                 *       "stock": 20
                 *     }
                 */
                "application/json": components["schemas"]["NewProduct"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 18,
                     *       "name": "Cahier de physique",
                     *       "category": "papeterie",
                     *       "price": 1500,
                     *       "currency": "XOF",
                     *       "stock": 20,
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listArticles: {
        parameters: {
            query?: {
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "articles": [
                     *         {
                     *           "id": 4,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "stock": 1000,
                     *           "active": true
                     *         },
                     *         {
                     *           "id": 1,
                     *           "name": "Cahier de cours 200 pages",
                     *           "category": "Papeterie",
                     *           "price": 1500,
                     *           "currency": "XOF",
                     *           "stock": 200,
                     *           "active": true
                     *         },
                     *         {
                     *           "id": 2,
                     *           "name": "Calculatrice scientifique",
                     *           "category": "Matériel",
                     *           "price": 12000,
                     *           "currency": "XOF",
                     *           "stock": 40,
                     *           "active": true
                     *         },
                     *         {
                     *           "id": 3,
                     *           "name": "Sweat à capuche Campus",
                     *           "category": "Vêtements",
                     *           "price": 18500,
                     *           "currency": "XOF",
                     *           "stock": 25,
                     *           "active": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        articles: components["schemas"]["Product"][];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 4,
                     *       "name": "Article a3f1",
                     *       "price": 250,
                     *       "currency": "XOF",
                     *       "stock": 998,
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Not modified: `If-None-Match` named the present version */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["article_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    changeProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Changé",
                 *       "price": 2
                 *     }
                 */
                "application/json": components["schemas"]["ProductReplacement"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 8,
                     *       "name": "Changé",
                     *       "price": 2,
                     *       "currency": "XOF",
                     *       "stock": 1000,
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["article_not_found"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deleteProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["article_not_found"];
            412: components["responses"]["stale_version"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listTheOrders: {
        parameters: {
            query?: {
                username?: string;
                state?: "pending" | "paid" | "shipped" | "delivered" | "cancelled" | "expired" | "refunded";
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "username": "victor",
                     *         "state": "delivered",
                     *         "items": [
                     *           {
                     *             "product_id": 5,
                     *             "name": "Article a3f1",
                     *             "price": 250,
                     *             "quantity": 2
                     *           }
                     *         ],
                     *         "total": 500,
                     *         "currency": "XOF",
                     *         "paid_amount": 500,
                     *         "refunded_amount": 0,
                     *         "payment": {
                     *           "method": "card",
                     *           "card_last4": "0119"
                     *         },
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "updated_at": "2026-11-20T09:00:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Order"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    orderArticles: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "product_id": 5,
                 *           "quantity": 2
                 *         },
                 *         {
                 *           "product_id": 6,
                 *           "quantity": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Wanted"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "pending",
                     *       "items": [
                     *         {
                     *           "product_id": 5,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "quantity": 2
                     *         },
                     *         {
                     *           "product_id": 6,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "total": 750,
                     *       "currency": "XOF",
                     *       "paid_amount": 0,
                     *       "refunded_amount": 0,
                     *       "reserved_until": "2026-11-20T09:00:00.000Z",
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["article_not_found.user_not_found"];
            409: components["responses"]["out_of_stock.mixed_currencies.account_disabled"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    readOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "shipped",
                     *       "items": [
                     *         {
                     *           "product_id": 18,
                     *           "name": "Cahier de physique",
                     *           "price": 1500,
                     *           "quantity": 2
                     *         }
                     *       ],
                     *       "total": 3000,
                     *       "currency": "XOF",
                     *       "paid_amount": 3000,
                     *       "refunded_amount": 0,
                     *       "payment": {
                     *         "method": "card",
                     *         "card_last4": "4242"
                     *       },
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Not modified: `If-None-Match` named the present version */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    changeOrderItems: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "product_id": 4,
                 *           "quantity": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Wanted"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "pending",
                     *       "items": [
                     *         {
                     *           "product_id": 4,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "total": 250,
                     *       "currency": "XOF",
                     *       "paid_amount": 0,
                     *       "refunded_amount": 0,
                     *       "reserved_until": "2026-11-20T09:00:00.000Z",
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found.article_not_found"];
            409: components["responses"]["illegal_transition.out_of_stock.mixed_currencies.too_many_changes"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found"];
            409: components["responses"]["illegal_transition"];
            412: components["responses"]["stale_version"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    shipOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "shipped",
                     *       "items": [
                     *         {
                     *           "product_id": 18,
                     *           "name": "Cahier de physique",
                     *           "price": 1500,
                     *           "quantity": 2
                     *         }
                     *       ],
                     *       "total": 3000,
                     *       "currency": "XOF",
                     *       "paid_amount": 3000,
                     *       "refunded_amount": 0,
                     *       "payment": {
                     *         "method": "card",
                     *         "card_last4": "4242"
                     *       },
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["order_not_found"];
            409: components["responses"]["illegal_transition"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deliverOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "delivered",
                     *       "items": [
                     *         {
                     *           "product_id": 5,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "quantity": 2
                     *         }
                     *       ],
                     *       "total": 500,
                     *       "currency": "XOF",
                     *       "paid_amount": 500,
                     *       "refunded_amount": 0,
                     *       "payment": {
                     *         "method": "card",
                     *         "card_last4": "0119"
                     *       },
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["order_not_found"];
            409: components["responses"]["illegal_transition"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    payOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "method": "card",
                 *       "card": {
                 *         "number": "4242 4242 4242 4242",
                 *         "exp_month": 12,
                 *         "exp_year": 2099
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @constant */
                    method: "card";
                    card: {
                        number: string;
                        exp_month: number;
                        exp_year: number;
                        cvc?: string;
                    };
                } | {
                    /** @constant */
                    method: "cash";
                } | {
                    /** @constant */
                    method: "mobile_money";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "paid",
                     *       "items": [
                     *         {
                     *           "product_id": 18,
                     *           "name": "Cahier de physique",
                     *           "price": 1500,
                     *           "quantity": 2
                     *         }
                     *       ],
                     *       "total": 3000,
                     *       "currency": "XOF",
                     *       "paid_amount": 3000,
                     *       "refunded_amount": 0,
                     *       "payment": {
                     *         "method": "card",
                     *         "card_last4": "4242"
                     *       },
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found"];
            409: components["responses"]["illegal_transition.card_declined.insufficient_funds"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.payment_unconfirmed"];
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    amount?: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "username": "victor",
                     *       "state": "refunded",
                     *       "items": [
                     *         {
                     *           "product_id": 4,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "quantity": 2
                     *         }
                     *       ],
                     *       "total": 500,
                     *       "currency": "XOF",
                     *       "paid_amount": 500,
                     *       "refunded_amount": 500,
                     *       "payment": {
                     *         "method": "cash"
                     *       },
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["order_not_found"];
            409: components["responses"]["illegal_transition.refund_above_payment"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    buyArticle: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "article_id": 1
                 *     }
                 */
                "application/json": {
                    article_id: number;
                    /** @default 1 */
                    quantity?: number;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Achat enregistre",
                     *       "article": {
                     *         "id": 1,
                     *         "name": "Cahier de cours 200 pages",
                     *         "price": 1500,
                     *         "currency": "XOF"
                     *       },
                     *       "quantity": 1,
                     *       "user": "victor",
                     *       "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        message: "Achat enregistre";
                        article: {
                            id: number;
                            name: string;
                            price: number;
                            currency: string;
                        };
                        quantity: number;
                        user: string;
                        order_id: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found.article_not_found"];
            409: components["responses"]["out_of_stock"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    buyArticleAtApiBuy: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "article_id": 1
                 *     }
                 */
                "application/json": {
                    article_id: number;
                    /** @default 1 */
                    quantity?: number;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Achat enregistre",
                     *       "article": {
                     *         "id": 1,
                     *         "name": "Cahier de cours 200 pages",
                     *         "price": 1500,
                     *         "currency": "XOF"
                     *       },
                     *       "quantity": 1,
                     *       "user": "victor",
                     *       "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        message: "Achat enregistre";
                        article: {
                            id: number;
                            name: string;
                            price: number;
                            currency: string;
                        };
                        quantity: number;
                        user: string;
                        order_id: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found.article_not_found"];
            409: components["responses"]["out_of_stock"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listThePurchases: {
        parameters: {
            query?: {
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": "victor",
                     *       "purchases": [
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 4,
                     *             "name": "Article a3f1"
                     *           },
                     *           "quantity": 1,
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 4,
                     *             "name": "Article a3f1"
                     *           },
                     *           "quantity": 1,
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 5,
                     *             "name": "Article a3f1"
                     *           },
                     *           "quantity": 2,
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 1,
                     *             "name": "Cahier de cours 200 pages"
                     *           },
                     *           "quantity": 2,
                     *           "price": 1500,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 1,
                     *             "name": "Cahier de cours 200 pages"
                     *           },
                     *           "quantity": 1,
                     *           "price": 1500,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        user: string;
                        purchases: {
                            order_id: string;
                            article: components["schemas"]["Article"];
                            quantity: number;
                            price: number;
                            currency: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listThePurchasesAtApiPurchases: {
        parameters: {
            query?: {
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": "victor",
                     *       "purchases": [
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 4,
                     *             "name": "Article a3f1"
                     *           },
                     *           "quantity": 1,
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 4,
                     *             "name": "Article a3f1"
                     *           },
                     *           "quantity": 1,
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 5,
                     *             "name": "Article a3f1"
                     *           },
                     *           "quantity": 2,
                     *           "price": 250,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 1,
                     *             "name": "Cahier de cours 200 pages"
                     *           },
                     *           "quantity": 2,
                     *           "price": 1500,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "order_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "article": {
                     *             "id": 1,
                     *             "name": "Cahier de cours 200 pages"
                     *           },
                     *           "quantity": 1,
                     *           "price": 1500,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        user: string;
                        purchases: {
                            order_id: string;
                            article: components["schemas"]["Article"];
                            quantity: number;
                            price: number;
                            currency: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listPersons: {
        parameters: {
            query?: {
                q?: string;
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": 58,
                     *         "name": "Ünïque a3f1 c",
                     *         "username": "victor",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "updated_at": "2026-11-20T09:00:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["PersonView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ünïque a3f1 A",
                 *       "username": "victor"
                 *     }
                 */
                "application/json": components["schemas"]["PersonFields"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 59,
                     *       "name": "Ünïque a3f1 A",
                     *       "username": "victor",
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 50,
                     *       "name": "Zoé a3f1",
                     *       "username": "victor",
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            /** @description Not modified: `If-None-Match` named the present version */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    replacePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Renamed",
                 *       "username": "victor"
                 *     }
                 */
                "application/json": components["schemas"]["PersonFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 52,
                     *       "name": "Renamed",
                     *       "username": "victor",
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deletePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            412: components["responses"]["stale_version"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    registerStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Awa Ba",
                 *       "email": "a3f1@campus.example",
                 *       "phone": "+221767688762"
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Etudiant enregistré avec succès",
                     *       "id": 45
                     *     }
                     */
                    "application/json": {
                        message: string;
                        id: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            409: components["responses"]["account_already_registered.email_taken.phone_taken"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    confirmPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                student_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Payment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Paiement confirmé"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    notifyGrades: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                student_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "notification envoyée",
                     *       "grades_response": {
                     *         "message_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "queued": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        status: string;
                        grades_response: {
                            message_id: string;
                            /** @constant */
                            queued: true;
                        };
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listStudents: {
        parameters: {
            query?: {
                first_name?: string;
                last_name?: string;
                class_name?: string;
                phone?: string;
                paid?: "true" | "false";
                /** @description How many items a page has */
                limit?: number;
                /** @description From the `Link` of the page before */
                cursor?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": 4,
                     *         "name": "Aïssatou Ba",
                     *         "first_name": "Aïssatou",
                     *         "last_name": "Ba",
                     *         "email": "etudiant4@campus.example",
                     *         "phone": "+221771010004",
                     *         "class_name": "Terminale S1",
                     *         "paid": false,
                     *         "notified": true,
                     *         "registered_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "id": 5,
                     *         "name": "Ousmane Faye",
                     *         "first_name": "Ousmane",
                     *         "last_name": "Faye",
                     *         "email": "etudiant5@campus.example",
                     *         "phone": "+221771010005",
                     *         "class_name": "Terminale S1",
                     *         "paid": false,
                     *         "notified": true,
                     *         "registered_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "id": 6,
                     *         "name": "Camille Moreau",
                     *         "first_name": "Camille",
                     *         "last_name": "Moreau",
                     *         "email": "etudiant6@campus.example",
                     *         "phone": "+221771010006",
                     *         "class_name": "Terminale S1",
                     *         "paid": false,
                     *         "notified": true,
                     *         "registered_at": "2026-11-20T09:00:00.000Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["StudentView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "name": "Victor Lefèvre",
                     *       "first_name": "Victor",
                     *       "last_name": "Lefèvre",
                     *       "email": "etudiant1@campus.example",
                     *       "phone": "+221771010001",
                     *       "class_name": "Terminale S1",
                     *       "username": "victor",
                     *       "paid": false,
                     *       "notified": true,
                     *       "registered_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentView"];
                };
            };
            /** @description Not modified: `If-None-Match` named the present version */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deleteStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            412: components["responses"]["stale_version"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    amendStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "class_name": "Tagged"
                 *     }
                 */
                "application/json": components["schemas"]["Amendment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 44,
                     *       "name": "Awa Ba",
                     *       "first_name": "Awa",
                     *       "last_name": "Ba",
                     *       "email": "a3f1@campus.example",
                     *       "class_name": "Tagged",
                     *       "paid": false,
                     *       "notified": false,
                     *       "registered_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            409: components["responses"]["account_already_registered.email_taken.phone_taken"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readPayments: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "student_id": 39,
                     *       "fees": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 50000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "payments": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 50000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "settles": 50000,
                     *           "recorded_by": "awa.diop"
                     *         }
                     *       ],
                     *       "balance": 0,
                     *       "currency": "XOF"
                     *     }
                     */
                    "application/json": components["schemas"]["Ledger"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
}
