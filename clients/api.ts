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
         * A script or style of the pages
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
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a problem means and what to do about it, as a page or as JSON
         * @description The `type` of every problem is an address of this operation.
         *
         *     Who: Anyone, without a token.
         */
        get: operations["readProblem"];
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
         * @description What is absent stays as it is, `null` erases. To change your own password or e-mail also send `old_password`. `role`, `disabled` and `unlock` (forget the wrong passwords that block signing in) are for admins, who may also set somebody else’s password. A new password, role or `disabled` ends every session of the account, this one too.
         *
         *     Who: admin and the owner of the record only.
         */
        put: operations["changeProfile"];
        post?: never;
        /**
         * Delete an account
         * @description Its sessions end at once. Its username is never given out again. To delete your own account send its `password`.
         *
         *     Who: admin and the owner of the record only.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What auth could not handle
         * @description Messages that failed five times. They lie where they are for a fortnight after they were sent; looking at them moves and hides none. Why one failed the log tells, under its `id`.
         *
         *     Who: admin only.
         */
        get: operations["showAuthLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/auth/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has auth try again what it could not handle
         * @description Sends the letters to their queue once more, for some seconds: where many are `waiting` still, ask again. Each is taken away only after it was sent, so that none is lost; one may be sent twice, which does nothing twice.
         *
         *     Who: admin only.
         */
        post: operations["redriveAuthLetters"];
        delete?: never;
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
    "/auth/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a code with which a program on this machine signs in
         * @description What the portal calls once its visitor has agreed (OAuth 2.0 for native apps, RFC 8252). The code is good for a minute and for one exchange (`POST /auth/token`), by who keeps the secret of `code_challenge` (RFC 7636, S256), and is sent to an address of the visitor’s own machine alone. The refresh token of the session that asks shows that it is more than a copied access token; it stays good.
         *
         *     Who: Anyone who is signed in.
         */
        post: operations["giveCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a code for a pair of tokens
         * @description What a program does with the code that the browser brought it: once, within a minute, with the secret of the challenge for which it was given (`code_verifier`, RFC 7636) and the same `redirect_uri`. A code that comes again ends the session that it opened. The session is one of its own, and asks for the password when the one in which the code was given would have.
         *
         *     Who: Anyone, without a token.
         */
        post: operations["exchangeCode"];
        delete?: never;
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
    "/export/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that auth holds
         * @description A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.
         *
         *     Who: admin only.
         */
        get: operations["exportAccounts"];
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
         * @description Again, it keeps the marks. What registration told of the student is never overwritten. Where registration then tells of somebody of another name under this id, the marks are put apart; naming the student as registration does brings them back.
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
         * @description Out of 20, in the open term that holds today, else the latest open one. Where the class has a programme, its subject is one of it, and one that the teacher teaches.
         *
         *     Who: admin and teacher only.
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
         * A student’s name and plain marks of this school year, in the order of entry
         * @description Of who left, those of their last school year. To a teacher, those of their own subjects where the class has a programme.
         *
         *     Who: admin, teacher, the owner of the record and the guardians named on it only.
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
    "/grades/{student_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A student’s results in a term, and what they come to
         * @description Every result with its assessment; figures by category, subject and overall, with the mean and the extremes of the class, the rank, and the change since the term before. `term` is any term; without it the one that is open today, of who left the one of their last day. Families see what is released and what the class shows; a teacher what they teach.
         *
         *     Who: admin, teacher, the owner of the record and the guardians named on it only.
         */
        get: operations["readReport"];
        /**
         * Replace a student’s plain marks of the open term
         * @description At most 90, each of coefficient 1 and without a subject. The marks before stay in the table, and count no longer.
         *
         *     Who: admin and teacher only.
         */
        put: operations["replaceGrades"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{student_id}/{result_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace one mark or result
         * @description A plain mark by its id, or a student’s result by that of the assessment. `{"score": null}` takes it away; everything that it was stays in its history.
         *
         *     Who: admin and teacher only.
         */
        put: operations["replaceResult"];
        post?: never;
        /**
         * Take one mark or result away
         * @description It counts no longer; what it was stays in its history.
         *
         *     Who: admin and teacher only.
         */
        delete: operations["deleteResult"];
        options?: never;
        head?: never;
        /**
         * Change one mark or result
         * @description A JSON merge patch: null takes an optional field away, and a `score` of null the mark itself.
         *
         *     Who: admin and teacher only.
         */
        patch: operations["changeResult"];
        trace?: never;
    };
    "/grades/{student_id}/{result_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a mark or a result was, and who changed it when
         * @description Who: admin and teacher only.
         */
        get: operations["readHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The school’s terms
         * @description A forest: a term without `parent` is a school year, marks stand in the leaves. A school that has set up none has one open year. Who closed and opened them, and why, is for the staff.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["listTerms"];
        put?: never;
        /**
         * Create a term
         * @description A school year without `parent`; else a part of another term, which must not hold marks. Several calendars may run side by side.
         *
         *     Who: admin only.
         */
        post: operations["createTerm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/terms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Close a term, or open it again
         * @description For all classes or for some. Closing locks marks, members, programmes and weights, class after class; the answer comes after the last, or says `closing` where they are thousands. Opening again takes a reason, which is kept. Of a term that is divided, everything below it.
         *
         *     Who: admin only.
         */
        patch: operations["turnTerm"];
        trace?: never;
    };
    "/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the classes
         * @description By name, with how many are in each today: every class that somebody was ever in, or with `year` those that had a programme or marks in that school year, and how many were in each at its end. A page may be short with more to follow: only a missing `Link` ends the list.
         *
         *     Who: admin and teacher only.
         */
        get: operations["listClasses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a class: programme, teachers, members
         * @description Names of classes are compared without spaces, accents and case. The members are those of today, with `year` those at the end of that school year, once it is over. The version is that of the programme.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readClass"];
        /**
         * Set the programme of a class
         * @description Subjects with coefficients and teachers, categories, the scale, what families see. It reaches the terms of the year that are open; those that closed keep theirs. With `copy_from` it is taken over from another class or year.
         *
         *     Who: admin only.
         */
        put: operations["setProgramme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The statistics of a class
         * @description Of the members’ printed figures, in general or in a subject, in any term: the open one, unless said. To a teacher, in general and in their own subjects.
         *
         *     Who: admin and teacher only.
         */
        get: operations["classStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rankings/top10": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ten best students
         * @description Of a class in any term, or of all classes in one that holds marks. Equal averages share a rank, 1, 2, 2, 4; across classes the shares of their scales are compared.
         *
         *     Who: admin and teacher only.
         */
        get: operations["topTen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Students by average
         * @description Of a class in any term, members without an average last; over all classes in one that holds marks, those who are ranked, the best first. First and last names by prefix, accents and case ignored; class and phone exactly. A page may be short with more to follow: only a missing `Link` ends the list.
         *
         *     Who: admin and teacher only.
         */
        get: operations["listAverages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Students by average, as a file
         * @description The list as `GET /grades` filters and orders it, whole. Headers are in the caller’s language; who has no average yet has an empty one.
         *
         *     Who: admin and teacher only.
         */
        get: operations["exportAverages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the assessments of a class
         * @description Of a term, and of a subject if one is named; to a teacher, those of their own subjects.
         *
         *     Who: admin and teacher only.
         */
        get: operations["listAssessments"];
        put?: never;
        /**
         * Create an assessment
         * @description Of a class, in a subject and a term: the open one that holds today, unless said. Its results are hidden from families until `release_at`.
         *
         *     Who: admin and teacher only.
         */
        post: operations["createAssessment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an assessment
         * @description Who: admin and teacher only.
         */
        get: operations["readAssessment"];
        put?: never;
        post?: never;
        /**
         * Delete an assessment
         * @description With its results only where `with_results=true` says so.
         *
         *     Who: admin and teacher only.
         */
        delete: operations["deleteAssessment"];
        options?: never;
        head?: never;
        /**
         * Change an assessment
         * @description A JSON merge patch: null takes an optional field away. Scores are never rescaled. In a closed term `release_at` alone may change.
         *
         *     Who: admin and teacher only.
         */
        patch: operations["changeAssessment"];
        trace?: never;
    };
    "/assessments/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an assessment was, and who changed it when
         * @description Coefficient, maximum, release and whatever else was changed of it, newest first, each from what to what. What students got in it has a history of its own: `GET /grades/{student_id}/{result_id}/history`.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readAssessmentHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessments/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the results of a class
         * @description One line for each member who takes the subject, in ascending order of their ids, with what they have: a score or a status, neither where nothing is marked. `version` 0 is a result that nobody entered yet; sent along with a line of `PUT`, it is stored onto that version alone.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readResults"];
        /**
         * Enter the results of a class
         * @description One line a student, each told what became of it: good lines are stored though others are refused. A line with a `version` is stored onto that version alone. A `score` of null takes a result away; it stays in the history.
         *
         *     Who: admin and teacher only.
         */
        put: operations["enterResults"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sheets of the class council
         * @description One line for each member, in ascending order of their ids: absences, lateness, conduct, remark, mention and decision, with the average and the mention that the programme proposes for it. `version` 0 is a sheet that nobody wrote yet. What was read may be sent back.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readSheets"];
        /**
         * Write the sheets of the class council
         * @description One line a student, each told what became of it: good lines are stored though others are refused. What a line leaves out stays, null takes it away. A line with a `version` is stored onto that version alone; else it is told what stands, by whom, beside what it says itself. The term may be closed: a council meets after it. A `decision` stands on a school year. Families see nothing of it before the card is published.
         *
         *     Who: admin and teacher only.
         */
        put: operations["enterSheets"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/sheets/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a sheet was, and who changed it when
         * @description Of one student in one term, newest first; each change with what it changed, from what to what.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readSheetHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/remarks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The remarks of teachers on the students of a class
         * @description One line for each student and each subject that they take: of `subject`, else of all that the reader teaches, which to the head teacher are all. `version` 0 is a remark that nobody wrote yet. What was read of one subject may be sent back.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readRemarks"];
        /**
         * Write the remarks on the students of a class in a subject
         * @description One line a student, each told what became of it, as the sheets of the council are. A `text` of null takes a remark away. The term may be closed. Families see a remark on the published card.
         *
         *     Who: admin and teacher only.
         */
        put: operations["enterRemarks"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/remarks/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a remark was, and who changed it when
         * @description Of one student in one subject and term, newest first.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readRemarkHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the programme of a class was, and who changed it when
         * @description Coefficients, weights, teachers and settings of a school year, newest first; each change with what it changed, from what to what.
         *
         *     Who: admin and teacher only.
         */
        get: operations["readProgrammeHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/report-cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the report cards of a class
         * @description Of a term that is closed for the class, with nothing in it that families may not see yet. Each card is a numbered version, frozen as it is printed. Again: a new version of each card that would be printed otherwise, and of no other; that takes a `reason`. With `dry_run=true` nothing is written: it tells what would become of each card, what it lacks, and what stands in the way. Broken off, the same call goes on with the cards that are left.
         *
         *     Who: admin and teacher only.
         */
        post: operations["publishCards"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{student_id}/report-cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The published report cards of a student
         * @description Every version, newest first, with all that it prints. Of each that stands, `differs` tells whether it would be printed otherwise today; an older one names the version that replaced it. To teachers, those of the classes that they head.
         *
         *     Who: admin, teacher, the owner of the record and the guardians named on it only.
         */
        get: operations["listCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{student_id}/report-cards/{version}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm having read a report card
         * @description As a parent’s signature on paper: who, and when, once for each account; again answers the first time. Without `term`, of the term of which a card was published last. The staff sees who has.
         *
         *     Who: the owner of the record and the guardians named on it only.
         */
        post: operations["readCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{student_id}/report-card.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A published report card as PDF
         * @description PDF/UA-1. Of the term of which a card was published last, and the version that stands, unless said. To teachers, those of the classes that they head. `lang` is the language of its words; what people wrote stays as they wrote it.
         *
         *     Who: admin, teacher, the owner of the record and the guardians named on it only.
         */
        get: operations["printCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/report-cards.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The published report cards of a class in one PDF
         * @description PDF/UA-1, by name: of each member of the class in the term, the version that stands. Who has no card is left out.
         *
         *     Who: admin and teacher only.
         */
        get: operations["printClassCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classes/{class_name}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The report of a class as PDF
         * @description PDF/UA-1: the statistics of the class in a term with their histogram, by subject, and the ranking. The open term, unless said. To a teacher, with the statistics of their own subjects.
         *
         *     Who: admin and teacher only.
         */
        get: operations["printClassReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rankings/top10.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ten best students as PDF
         * @description PDF/UA-1, to be hung up: of a class in any term, or of all classes in one that holds marks.
         *
         *     Who: admin and teacher only.
         */
        get: operations["printTopTen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is new about oneself and one’s children, newest first
         * @description Of this school year: each mark once it is released, each correction of one, and that a general average fell below the pass mark, once each time that it does. To every account, of the student that it is and of those whose guardian it is. The `message` is in the language of the request.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/grades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What grades could not handle
         * @description Messages that failed five times. They lie where they are for a fortnight after they were sent; looking at them moves and hides none. Why one failed the log tells, under its `id`.
         *
         *     Who: admin only.
         */
        get: operations["showGradesLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/grades/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has grades try again what it could not handle
         * @description Sends the letters to their queue once more, for some seconds: where many are `waiting` still, ask again. Each is taken away only after it was sent, so that none is lost; one may be sent twice, which does nothing twice.
         *
         *     Who: admin only.
         */
        post: operations["redriveGradesLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export/grades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that grades holds
         * @description A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.
         *
         *     Who: admin only.
         */
        get: operations["exportGrades"];
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
         * @description With `Accept: application/fhir+json`, or `?_format=json`, a FHIR R4 Bundle of Observations.
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
    "/dead-letters/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What health could not handle
         * @description Messages that failed five times. They lie where they are for a fortnight after they were sent; looking at them moves and hides none. Why one failed the log tells, under its `id`.
         *
         *     Who: admin only.
         */
        get: operations["showHealthLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/health/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has health try again what it could not handle
         * @description Sends the letters to their queue once more, for some seconds: where many are `waiting` still, ask again. Each is taken away only after it was sent, so that none is lost; one may be sent twice, which does nothing twice.
         *
         *     Who: admin only.
         */
        post: operations["redriveHealthLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that health holds
         * @description A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.
         *
         *     Who: admin only.
         */
        get: operations["exportHealth"];
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
         * @description What is on sale, by name. `q` finds the beginnings of words of the name; accents, case and ligatures do not count.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["listProducts"];
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
        put: operations["replaceProduct"];
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
        get: operations["listOrders"];
        put?: never;
        /**
         * Order articles
         * @description Reserves all lines or none for 15 minutes, at the prices of this moment. Until then it is to be paid, or it expires. A buyer has ten unpaid orders at most. An order of free articles alone is paid at once, without a charge.
         *
         *     Who: Anyone who is signed in.
         */
        post: operations["placeOrder"];
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
         * @description What it held keeps its price, what is added comes at the price of this moment, in a line of its own where that differs. Taking away begins with what was put there last. The reservation ends as before; an order of free articles alone is paid at once.
         *
         *     Who: admin and the owner of the record only.
         */
        put: operations["changeOrder"];
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
    "/dead-letters/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What orders could not handle
         * @description Messages that failed five times. They lie where they are for a fortnight after they were sent; looking at them moves and hides none. Why one failed the log tells, under its `id`.
         *
         *     Who: admin only.
         */
        get: operations["showOrdersLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/orders/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has orders try again what it could not handle
         * @description Sends the letters to their queue once more, for some seconds: where many are `waiting` still, ask again. Each is taken away only after it was sent, so that none is lost; one may be sent twice, which does nothing twice.
         *
         *     Who: admin only.
         */
        post: operations["redriveOrdersLetters"];
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
         * @description All that is left of the payment, or `amount` in minor units; after shipping and delivery too. Once the whole is given back the order is refunded. `restock` says whether what was sold goes back into stock, as a returned parcel does; unless said, it does only where the whole is given back before shipping.
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
         * @description `id` is the buyer’s username. Makes an order that is paid on the buyer’s account with the school, up to what they may owe in that currency.
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
         * @description `id` is the buyer’s username. Makes an order that is paid on the buyer’s account with the school, up to what they may owe in that currency.
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
         * @description `id` is the buyer’s username. One element for each article of each order that was paid, or several where it was bought at several prices; `price` is that of one.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["listPurchases"];
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
         * @description `id` is the buyer’s username. One element for each article of each order that was paid, or several where it was bought at several prices; `price` is that of one.
         *
         *     The same as `GET /orders/{id}/purchases`.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["listPurchasesAtApiPurchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that orders holds
         * @description A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.
         *
         *     Who: admin only.
         */
        get: operations["exportOrders"];
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
         * @description `q` is the beginning of a name; accents, case and the kind of an apostrophe do not count.
         *
         *     Who: admin and teacher only.
         */
        get: operations["listPersons"];
        put?: never;
        /**
         * Create a person
         * @description A `username` is that of an account that exists; whoever has none yet claims the record later, by a code.
         *
         *     Who: admin and teacher only.
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
    "/persons/owned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The persons whose record is an account’s
         * @description By name. One’s own; an admin may ask for those of `username`. Sifted from all persons: a page may be short with more to follow.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["listPersonsOf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/persons/{id}/claim-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand out a code by which a person claims their record
         * @description For a person who was recorded before they signed up. It is shown this once, serves once, within 30 days; a new one voids the one before.
         *
         *     Who: admin only.
         */
        post: operations["issuePersonCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/persons/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim one’s record by a code
         * @description The record, and the health data kept under it, is the caller’s from then on. Case, spaces and dashes of the code do not count. Ten tries an hour.
         *
         *     Who: Anyone who is signed in.
         */
        post: operations["claimPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that persons holds
         * @description A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.
         *
         *     Who: admin only.
         */
        get: operations["exportPersons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell what this is and where to go
         * @description The addresses are relative to this one.
         *
         *     Who: Anyone, without a token.
         */
        get: operations["welcome"];
        put?: never;
        post?: never;
        delete?: never;
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
         * @description A student may register themself, once: `pending` until an admin accepts it, by `PATCH` of `status` or `class_name`. A class that they name is asked for, and begins with the acceptance. Until then the e-mail, the phone and the matricule are kept from nobody, and no answer says whether somebody has them. `name` becomes first + last name where these are given; a name alone is taken apart: a word in capitals is the family name where the others are not (`DIOP Fatou`), particles go with what follows (`Awa de la Fontaine`), else the last word is it; a single word is found as first and as last name. A `username` is that of an account that exists; whoever has none yet claims the record later, by a code. A phone, an e-mail or a contact who has one must be there; contacts may be those of other students too.
         *
         *     Who: admin, teacher and student only.
         */
        post: operations["registerStudent"];
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
         * @description First and last names by prefix; accents, case and the kind of an apostrophe do not count; class, phone, matricule, status and `paid` exactly. Those who left are shown with `status=left` only, their last class counting as theirs, or by phone or matricule, which find one person wherever they stand. `year` finds who was in a class that year, with `class_name` in that one. By id, or by name where a name or a class is asked for. A page may be short with more to follow: only a missing `Link` ends the list.
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
    "/students/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the students of one’s account
         * @description To every account: the student that it is, and those whose guardian it is, by id, whether anything was marked for them or not. Each can be read under its own address.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["listOwn"];
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
         * @description A guardian is not told who the others are, and of the contacts is shown themself alone: parents who live apart are not told each other’s numbers.
         *
         *     Who: admin, teacher, the owner of the record and the guardians named on it only.
         */
        get: operations["readStudent"];
        put?: never;
        post?: never;
        /**
         * Delete a student
         * @description For mistakes: whoever goes leaves the school, and one of whom a report card was published cannot be deleted. They are hidden at once, their email, phone, matricule and account are free again, and the grades service hears of it. They can be restored within 30 days, and are gone after that. A ledger with payments is kept as long as the school has set (`RETENTION_YEARS`), and an admin may still read it.
         *
         *     Who: admin only.
         */
        delete: operations["deleteStudent"];
        options?: never;
        head?: never;
        /**
         * Change a student
         * @description A JSON merge patch: null takes an optional field away. Another `class_name` ends the stay in a class and begins the next, `from` a day that may be past, today unless said; a stay that began that very day is replaced, and the class that they are in already stays one stay, of which `from` corrects the beginning. A class accepts whoever waits, who owes the enrolment fee from then on, and takes back whoever left. A student whom the grades service knows is changed there too.
         *
         *     Who: admin only.
         */
        patch: operations["amendStudent"];
        trace?: never;
    };
    "/students/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted student
         * @description Within 30 days of the deletion, with their ledger, their guardians and, where the grades service knew them, their marks. Where somebody else has their email, phone, matricule or account by now, it is refused (409) and says which; `without` then restores them without it. Again, it answers the student as they stand.
         *
         *     Who: admin only.
         */
        post: operations["restoreStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/claim-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand out a code by which a student claims their record
         * @description For a student who was registered before they signed up. It is shown this once, serves once, within 30 days; a new one voids the one before.
         *
         *     Who: admin only.
         */
        post: operations["issueStudentCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim one’s record by a code
         * @description The record is the caller’s from then on. Case, spaces and dashes of the code do not count. Ten tries an hour.
         *
         *     Who: student only.
         */
        post: operations["claimStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/guardians": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name the guardians of a student
         * @description All of them, ten at most, by the usernames of accounts that exist, whatever their role: from then on these, and nobody else, may see what the student sees. An empty list takes everybody away. Every change is kept, with who made it. A student whom the grades service knows is changed there too.
         *
         *     Who: admin only.
         */
        put: operations["nameGuardians"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/guardians/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read who named whom as guardians of a student
         * @description Newest first: the first line is who they are now, with what they are to the student. The history of a deleted student is kept for a month.
         *
         *     Who: admin only.
         */
        get: operations["readNamings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A student leaves the school
         * @description Gone from the day `on`, today or past: out of lists, ranks and means from then on, still readable by all who could read them. Their stay in a class ends the day before. The same again changes nothing. They come back by `PATCH` of `class_name`.
         *
         *     Who: admin only.
         */
        post: operations["leaveStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Students as a file
         * @description The list as `GET /students` filters and orders it, whole. Headers are in the caller’s language. In CSV a single quote stands before text that a spreadsheet might take for a formula; the import takes it off again.
         *
         *     Who: admin and teacher only.
         */
        get: operations["exportStudents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is known of a student, to hand out
         * @description The right of access: the record, the ledger, the marks of every term, the report cards, and of the account that is theirs the profile, the orders, and the persons with their health data. Each context tells what it shows this caller anyway; `left_out` says what is not among it.
         *
         *     Who: admin and the owner of the record only.
         */
        get: operations["exportStudent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything of the school, to take along
         * @description A line of JSON for each record of every context: `{part, kind, at, data}`. The last line, `{manifest}`, names the parts with the number of their lines and the SHA-256 of these lines as they stand in the file, and what stayed: hashes of passwords, sessions, keys, and what the machinery alone needs. A file without it is not whole. Each part alone, also from where it broke off: `GET /export/{context}`.
         *
         *     Who: admin only.
         */
        get: operations["exportSchool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/rollover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin the next school year
         * @description Every student of the classes in `moves`, and everybody named in `students`, gets a stay in a class of the year `to` that begins today (tomorrow for whoever began the last one today). What `students` says of somebody comes first, then what the council decided (`decision` of its sheet on the year), else they are promoted as `moves` says; `to: null` is for a class whose students have finished, and leave. Whoever repeats stays in their class, `conditional` goes up as `promoted` does and is told apart. Classes without a move stay as they are and are told in `without_move`. All terms of the year `from` in which these classes are taught must be closed. `?dry_run=true` changes nothing and answers the same list. The same call again changes nothing twice; where it was broken off, or answers `complete: false`, it goes on with the others.
         *
         *     Who: admin only.
         */
        post: operations["rollOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import students from a CSV or XLSX file
         * @description The body is the file. Its columns are known by their headers, French or English, in any order; `columns` says what they are where the headers do not. A row is somebody’s by its matricule, else its phone, else its e-mail, and then changes what it says of them; a cell left blank changes nothing. Good rows go in; the others are told, row by row and field by field, and given back as a file to mend and send again. The same file twice changes nothing. Marks that come along replace those that an earlier import brought, and no others; an average is checked, never stored. `?dry_run=true` changes nothing and answers what the import would.
         *
         *     Who: admin only.
         */
        post: operations["importStudents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announce a large file of students
         * @description For up to 100,000 rows and 32 MiB. The answer says how the file is uploaded: a PUT to `upload.url`, with exactly `upload.headers`, within the hour; the store takes no other size. `POST /imports/{id}/start` then begins, and `GET /imports/{id}` tells how far it is. Imports and their files are kept for thirty days.
         *
         *     Who: admin only.
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin an import whose file is uploaded
         * @description It goes on by itself, also after a failure. Again: the same answer, and where it is under way a push, which does nothing twice.
         *
         *     Who: admin only.
         */
        post: operations["startImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how far an import is, and what it came to
         * @description Numbers while it is under way; the errors, row by row, and the rejected rows as a file to mend, once it is done.
         *
         *     Who: admin only.
         */
        get: operations["readImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/school": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The school
         * @description What stands on cards and receipts, and the time zone in which days begin and end. Until an admin has described it: `Campus`, in UTC, its years beginning on 1 August.
         *
         *     Who: Anyone who is signed in.
         */
        get: operations["readSchool"];
        /**
         * Describe the school
         * @description The whole of it: what is left out is gone. `time_zone` is a name of the IANA database, `country` an ISO 3166-1 code, `logo` a PNG or JPEG of 64 KiB at most as a data URL, `year_starts` the month and day on which a school year begins. The other services hear of it.
         *
         *     Who: admin only.
         */
        put: operations["describeSchool"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What registration could not handle
         * @description Messages that failed five times. They lie where they are for a fortnight after they were sent; looking at them moves and hides none. Why one failed the log tells, under its `id`.
         *
         *     Who: admin only.
         */
        get: operations["showRegistrationLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/registration/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has registration try again what it could not handle
         * @description Sends the letters to their queue once more, for some seconds: where many are `waiting` still, ask again. Each is taken away only after it was sent, so that none is lost; one may be sent twice, which does nothing twice.
         *
         *     Who: admin only.
         */
        post: operations["redriveRegistrationLetters"];
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
         * Confirm a payment
         * @description Without an amount, all that is owed; again, it answers the same and records nothing. Every payment that names its amount, reference, day or payer stands in the ledger once it is confirmed, with a numbered receipt; more than the balance is refused. Only an admin records what was received, also in part or in another currency, which settles the rest. The owner pays all that is owed, by `method: "transfer"` or by `method: "card"` with a `card`, both simulated. Test cards: 4242 4242 4242 4242 is approved, 4000 0000 0000 9995 lacks funds. Any other is declined.
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
    "/fees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge a class or some students with a fee
         * @description A line in the ledger of each. Nobody is charged twice with a fee of one `label` and `year`: sent again, it charges those who joined the class since, and goes on where it was cut off. Nobody is charged where one of them has a fee of that name with other amounts (409 `fee_differs`), or owes in another currency. 300 students at most; a student who joined the class a moment ago may be missing.
         *
         *     Who: admin only.
         */
        post: operations["chargeFee"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fees/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who owes what on a day
         * @description Whoever has something due by the day `on`, today unless it is said, that what they paid until now does not cover. Of a class by name; else the longest due first. A page may be short with more to follow: only a missing `Link` ends the list. The list may be a moment behind the ledgers.
         *
         *     Who: admin only.
         */
        get: operations["listDebts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * @description Oldest first. A positive `balance` is still owed. What came in covers the oldest instalments first: `open` is what is left of each, `overdue` what is left of those that were due by today (`on`). A payment that was reversed stays, and counts no more. The ledger outlives the student, for admins.
         *
         *     Who: admin, the owner of the record and the guardians named on it only.
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
    "/students/{id}/payments/{payment_id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the receipt of a payment
         * @description Numbered without gaps, anew each calendar year, in the order in which payments are recorded. The receipt of a payment that was reversed keeps its number, and says so. Payments from before receipts were numbered have no `number`.
         *
         *     Who: admin, the owner of the record and the guardians named on it only.
         */
        get: operations["readReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/waivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Waive what a student need not pay
         * @description Of one fee, by its `fee_id`, or else of the balance. By an `amount` in minor units, or by a `percent` with two decimals at most, of the whole fee or of the balance, rounded half up. Never more than what is left of the fee, or of the balance. A waiver of a fee lowers all of its instalments in proportion, one of the balance covers the oldest first. What was paid already is then to the student’s credit.
         *
         *     Who: admin only.
         */
        post: operations["grantWaiver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/payments/{payment_id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reverse a payment
         * @description For what was recorded by mistake, or did not come in after all. The payment stays in the ledger and keeps its receipt, which is void from then on; what it had settled is owed again, and its reference may be recorded anew. Once only.
         *
         *     Who: admin only.
         */
        post: operations["reversePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/students/{id}/payments/{payment_id}/receipt.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The receipt of a payment as PDF
         * @description PDF/UA-1, half a sheet: who paid what for whom, which fees it covered, and what was owed after it. Of a payment that was reversed it says that it is void.
         *
         *     Who: admin, the owner of the record and the guardians named on it only.
         */
        get: operations["printReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that registration holds
         * @description A line of JSON for each record: `{part, kind, at, data}`, `at` being its key. Now and then `{cursor}`, from where to go on should the lines break off. The last line, `{end}`, tells how many there were of each kind, and what stayed: a file without it is not whole.
         *
         *     Who: admin only.
         */
        get: operations["exportRegistration"];
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
        __schema0: {
            name?: string;
            figure?: number;
            coefficient: number;
            /** @enum {string} */
            counts: "always" | "bonus" | "never";
            categories: {
                name: string;
                figure?: number;
                weight: number;
            }[];
            class?: components["schemas"]["Among"];
            teachers: string[];
            remark?: {
                text: string;
                author: string;
            };
            parts: components["schemas"]["__schema0"][];
        };
        Access: {
            id: string;
            /** Format: date-time */
            at: string;
            username: string;
            /** @enum {string} */
            role: "admin" | "teacher" | "student" | "guardian";
            /** @enum {string} */
            action: "read" | "read_history" | "add" | "replace" | "delete" | "export";
            request_id?: string;
        };
        Among: {
            mean?: number;
            min?: number;
            max?: number;
        };
        ApiDescription: {
            openapi: string;
        } & {
            [key: string]: unknown;
        };
        AssessmentChange: {
            /** Format: line */
            title?: string;
            category?: string | null;
            out_of?: number;
            coefficient?: number;
            /** @enum {string} */
            counts?: "always" | "bonus" | "never";
            date?: string | null;
            release_at?: string | null;
        };
        AssessmentView: {
            id: string;
            class_name: string;
            term: string;
            subject?: string;
            category?: string;
            title: string;
            out_of: number;
            coefficient: number;
            /** @enum {string} */
            counts: "always" | "bonus" | "never";
            /** Format: date */
            date?: string;
            /** Format: date-time */
            release_at?: string;
        };
        Average: {
            student_id: number;
            name: string;
            class_name?: string;
            average: number | null;
            scale: number;
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
                    derivedFrom?: {
                        reference: string;
                    }[];
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
        CardContent: {
            school: {
                name: string;
                address?: string;
                phone?: string;
                code?: string;
                motto?: string;
                head_name?: string;
                country?: string;
            };
            student: {
                id: number;
                name: string;
                matricule?: string;
                birth_date?: string;
                birth_place?: string;
            };
            class_name: string;
            term: {
                id: string;
                name: string;
                starts_on?: string;
                ends_on?: string;
            };
            year: {
                id: string;
                name: string;
            };
            scale: number;
            pass_mark: number;
            head_teacher?: string;
            subjects: components["schemas"]["__schema0"][];
            people?: {
                [key: string]: string;
            };
            terms: {
                id: string;
                name: string;
                weight: number;
                general?: number;
                subjects: {
                    name?: string;
                    figure?: number;
                }[];
            }[];
            general?: number;
            class?: components["schemas"]["Among"];
            rank?: number | null;
            ranked?: number;
            size?: number;
            show: {
                rank: boolean;
                general: boolean;
                class_mean: boolean;
                extremes: boolean;
            };
            council: components["schemas"]["Words"];
        };
        CardView: {
            id: string;
            term: string;
            version: number;
            /** Format: date-time */
            published_at: string;
            replaces?: number;
            reason?: string;
            replaced_by?: number;
            differs?: boolean;
            sha256: string;
            pdf_sha256?: string;
            pdf_sha256_en?: string;
            content: components["schemas"]["CardContent"];
            /** Format: date-time */
            read_at?: string;
            published_by?: string;
            reads?: {
                username: string;
                /** Format: date-time */
                at: string;
            }[];
        };
        ChangeView: {
            field: string;
            from?: string | number | boolean | (string | number)[];
            to?: string | number | boolean | (string | number)[];
        };
        Charged: {
            label: string;
            year: string;
            amount: number;
            currency: string;
            charged: number;
            already: number;
        };
        ClassView: {
            subjects: {
                /** Format: line */
                name: string;
                /** @default 1 */
                coefficient: number;
                /** @default [] */
                teachers: string[];
                /** Format: line */
                parent?: string;
                /** @enum {string} */
                counts?: "always" | "bonus" | "never";
                students?: number[];
            }[];
            categories: {
                /** Format: line */
                name: string;
                /** @default 1 */
                weight: number;
            }[];
            /**
             * Format: username
             * @example victor
             */
            head_teacher?: string;
            /** @default 20 */
            scale: 20 | 10 | 100;
            pass_mark?: number;
            /** @default 50 */
            rank_needs: number;
            /** @default [] */
            mentions: {
                /** Format: line */
                label: string;
                from: number;
            }[];
            show?: {
                /** @default true */
                rank: boolean;
                /** @default true */
                general: boolean;
                /** @default true */
                class_mean: boolean;
                /** @default true */
                extremes: boolean;
            };
            class_name: string;
            year: string;
            size: number;
            members: components["schemas"]["MemberView"][];
        };
        CodeExchange: {
            /** @constant */
            grant_type: "authorization_code";
            code: string;
            code_verifier: string;
            redirect_uri: string;
        };
        CodeRequest: {
            refresh_token: string;
            code_challenge: string;
            redirect_uri: string;
        };
        Contact: {
            /** Format: line */
            name: string;
            /** Format: line */
            relation: string;
            /**
             * Format: phone
             * @example +221771234567
             * @example 77 123 45 67
             */
            phone?: string;
            /**
             * Format: idn-email
             * @example awa.diop@ecole.example
             */
            email?: string;
            /**
             * Format: username
             * @example victor
             */
            username?: string;
            legal?: boolean;
            pays?: boolean;
        };
        ContactView: {
            name: string;
            relation: string;
            phone?: string;
            email?: string;
            username?: string;
            legal?: boolean;
            pays?: boolean;
        };
        Credentials: {
            username: string;
            password: string;
        };
        Debt: {
            student_id: number;
            name: string;
            class_name?: string;
            due: number;
            /** Format: date */
            since: string;
            balance: number;
            currency: string;
        };
        Enrolment: {
            year: string;
            class_name: string;
            /** Format: date */
            from: string;
            /** Format: date */
            to?: string;
            repeats: boolean;
            /** @enum {string} */
            outcome?: "promoted" | "repeats" | "conditional" | "leaves";
        };
        EnrolmentOutput: {
            year: string;
            class_name: string;
            /** Format: date */
            from: string;
            /** Format: date */
            to?: string;
            repeats: boolean;
            /** @enum {string} */
            outcome?: "promoted" | "repeats" | "conditional" | "leaves";
        };
        Guardian: {
            /**
             * Format: username
             * @example victor
             */
            username: string;
            /** Format: line */
            relation?: string;
            legal?: boolean;
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
            bmi_measured_at?: {
                /** Format: date-time */
                weight: string;
                /** Format: date-time */
                height: string;
            };
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
        HistoryLine: {
            by: string;
            /** Format: date-time */
            at: string;
            version: number;
            changes: components["schemas"]["ChangeView"][];
        };
        ImportToUpload: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed";
            by: string;
            /** Format: date-time */
            created_at: string;
            bytes: number;
            rows: number | null;
            rows_done: number;
            dry_run: boolean;
            accepted: number;
            unchanged: number;
            rejected: number;
            errors: {
                row: number;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
                code: string;
                detail: string;
            }[];
            more_errors: number;
            warnings: {
                row: number;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
                code: string;
                detail: string;
            }[];
            columns: {
                header: string;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
            }[];
            failed_rows: string | null;
            failed_rows_url: string | null;
            refusal: {
                code: string;
                detail: string;
            } | null;
            upload: {
                /** @constant */
                method: "PUT";
                /** Format: uri */
                url: string;
                headers: {
                    [key: string]: string;
                };
                /** Format: date-time */
                expires_at: string;
            };
        };
        ImportView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed";
            by: string;
            /** Format: date-time */
            created_at: string;
            bytes: number;
            rows: number | null;
            rows_done: number;
            dry_run: boolean;
            accepted: number;
            unchanged: number;
            rejected: number;
            errors: {
                row: number;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
                code: string;
                detail: string;
            }[];
            more_errors: number;
            warnings: {
                row: number;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
                code: string;
                detail: string;
            }[];
            columns: {
                header: string;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
            }[];
            failed_rows: string | null;
            failed_rows_url: string | null;
            refusal: {
                code: string;
                detail: string;
            } | null;
        };
        Lack: {
            /** @enum {string} */
            what: "figure" | "remark" | "mention" | "decision";
            subject?: string;
        };
        Line: {
            product_id: number;
            name: string;
            price: number;
            quantity: number;
        };
        ListedClass: {
            class_name: string;
            size: number;
        };
        MemberView: {
            id: number;
            name: string;
        };
        Naming: {
            id: string;
            /** Format: date-time */
            at: string;
            by: string;
            guardians: {
                username: string;
                relation?: string;
                legal?: boolean;
            }[];
        };
        NewAssessment: {
            /** Format: line */
            class_name: string;
            term?: string;
            /** Format: line */
            subject?: string;
            /** Format: line */
            category?: string;
            /** Format: line */
            title: string;
            out_of?: number;
            /** @default 1 */
            coefficient?: number;
            /**
             * @default always
             * @enum {string}
             */
            counts?: "always" | "bonus" | "never";
            /** Format: date */
            date?: string;
            /** Format: date-time */
            release_at?: string;
        };
        NewCards: {
            term: string;
            /** Format: line */
            reason?: string;
        };
        NewFee: {
            /** Format: line */
            label: string;
            /** @example 2026-2027 */
            year: string;
            /** Format: line */
            class_name?: string;
            student_ids?: number[];
            /**
             * Format: currency
             * @example XOF
             * @example EUR
             */
            currency: string;
            instalments: {
                amount: number;
                /** Format: date */
                due_on: string;
            }[];
        };
        NewImport: {
            bytes: number;
            /** @default false */
            dry_run?: boolean;
            columns?: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average" | "-")[];
            header_row?: number;
        };
        NewMark: {
            grade: number;
            /** Format: line */
            subject?: string;
            /** @default 1 */
            coefficient?: number;
            /** Format: paragraph */
            comment?: string;
        };
        NewRemark: {
            student_id: number;
            text: string | null;
            version?: number;
            name?: string;
            subject?: string;
            author?: string;
            at?: string;
        };
        NewResult: {
            student_id: number;
            score?: number | null;
            /** @enum {string} */
            status?: "absent" | "exempt" | "missing";
            /** Format: paragraph */
            comment?: string;
            version?: number;
        };
        NewSheet: {
            student_id: number;
            remark?: string | null;
            absences_excused?: number | null;
            absences_unexcused?: number | null;
            late?: number | null;
            conduct?: string | null;
            mention?: string | null;
            decision?: ("promoted" | "repeats" | "conditional" | "leaves") | null;
            version?: number;
            name?: string;
            general?: number;
            proposed_mention?: string;
            author?: string;
            at?: string;
        };
        NewSpace: {
            id: number;
            /** Format: line */
            name: string;
            /** Format: line */
            class_name?: string;
        };
        NewWaiver: {
            /** Format: uuid */
            fee_id?: string;
            amount?: number;
            percent?: number;
            /** Format: line */
            reason: string;
        };
        NoticeView: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "new_mark" | "corrected_mark" | "below_pass_mark" | "report_card" | "corrected_report_card";
            message: string;
            student_id: number;
            name: string;
            term: string;
            result_id?: string;
            subject?: string;
            title?: string;
            version?: number;
            out_of?: number;
            score?: number;
            /** @enum {string} */
            status?: "absent" | "exempt" | "missing";
            general?: number;
            pass_mark?: number;
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
            restocked?: boolean;
            /** Format: date-time */
            reserved_until?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Passage: {
            id: number;
            name: string;
            class_name?: string;
            /** @enum {string} */
            outcome?: "promoted" | "repeats" | "conditional" | "leaves";
            to?: string;
            /** @enum {string} */
            why: "said" | "decision" | "move" | "done" | "left";
            done: boolean;
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
            card?: {
                number: string;
                exp_month: number;
                exp_year: number;
                cvc?: string;
            };
            /** Format: line */
            reference?: string;
            /** Format: date */
            received_on?: string;
            /** Format: line */
            payer?: string;
        };
        PersonFields: {
            /** Format: line */
            name: string;
            /** Format: date */
            birth_date?: string;
            /**
             * Format: idn-email
             * @example awa.diop@ecole.example
             */
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
        /** @description RFC 9457 problem details. The language is the one of `Content-Language`. */
        Problem: {
            /**
             * Format: uri-reference
             * @description An address of this API that tells what the problem is and what to do: a page, or JSON for programs
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
            /** @description One item for each refused field, of the first twenty */
            errors?: {
                /** @description Where in the body: a JSON pointer, `#/items/0/quantity` */
                pointer?: string;
                /** @description Which parameter of the path or the query */
                parameter?: string;
                /** @description Which header */
                header?: string;
                detail: string;
                code: string;
            }[];
            /** @description How many more fields are refused, where there are more */
            more_errors?: number;
        };
        ProblemDescription: {
            code: string;
            status: number;
            title: {
                fr: string;
                en: string;
            };
            cause: {
                fr: string;
                en: string;
            };
            remedy: {
                fr: string;
                en: string;
            };
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
        ProductDraft: {
            /** Format: line */
            name: string;
            /** Format: paragraph */
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
            currency?: string;
            /** @default 0 */
            stock?: number;
        };
        Profile: {
            username: string;
            /** @enum {string} */
            role: "admin" | "teacher" | "student" | "guardian";
            first_name?: string;
            last_name?: string;
            email?: string;
            phone?: string;
            disabled: boolean;
            /** Format: date-time */
            created_at: string;
        };
        Programme: {
            subjects?: {
                /** Format: line */
                name: string;
                /** @default 1 */
                coefficient?: number;
                teachers?: string[];
                /** Format: line */
                parent?: string;
                /** @enum {string} */
                counts?: "always" | "bonus" | "never";
                students?: number[];
            }[];
            categories?: {
                /** Format: line */
                name: string;
                /** @default 1 */
                weight?: number;
            }[];
            /**
             * Format: username
             * @example victor
             */
            head_teacher?: string;
            /** @default 20 */
            scale?: 20 | 10 | 100;
            pass_mark?: number;
            /** @default 50 */
            rank_needs?: number;
            mentions?: {
                /** Format: line */
                label: string;
                from: number;
            }[];
            show?: {
                /** @default true */
                rank?: boolean;
                /** @default true */
                general?: boolean;
                /** @default true */
                class_mean?: boolean;
                /** @default true */
                extremes?: boolean;
            };
        };
        PublicationView: {
            term: string;
            class_name: string;
            dry_run: boolean;
            obstacles?: ("term_not_closed" | "unreleased_results")[];
            cards: {
                student_id: number;
                name: string;
                /** @enum {string} */
                result: "new" | "replaces" | "unchanged";
                version: number;
                lacks: components["schemas"]["Lack"][];
            }[];
        };
        Receipt: {
            number?: string;
            payment_id: string;
            student_id: number;
            name?: string;
            class_name?: string;
            amount: number;
            currency: string;
            settles?: {
                amount: number;
                currency: string;
            };
            method?: string;
            reference?: string;
            /** Format: date */
            received_on?: string;
            payer?: string;
            recorded_by: string;
            /** Format: date-time */
            at: string;
            reversed?: {
                /** Format: date-time */
                at: string;
                reason: string;
            };
        };
        Registration: {
            /** Format: line */
            name: string;
            /**
             * Format: idn-email
             * @example awa.diop@ecole.example
             */
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
            username?: string;
            /**
             * @example 2019-TH-0123
             * @example 19384756K
             */
            matricule?: string;
            /** Format: date */
            birth_date?: string;
            /** Format: line */
            birth_place?: string;
            /** @enum {string} */
            sex?: "F" | "M";
            contacts?: components["schemas"]["Contact"][];
            /** Format: line */
            class_name?: string;
            /** Format: line */
            first_name?: string;
            /** Format: line */
            last_name?: string;
        };
        RegistrationLedger: {
            student_id: number;
            fees: {
                id: string;
                amount: number;
                currency: string;
                /** Format: date-time */
                at: string;
                label?: string;
                year?: string;
                instalments: {
                    amount: number;
                    /** Format: date */
                    due_on: string;
                    open: number;
                }[];
                recorded_by?: string;
            }[];
            waivers: components["schemas"]["WaiverView"][];
            payments: {
                id: string;
                amount: number;
                currency: string;
                /** Format: date-time */
                at: string;
                method?: string;
                reference?: string;
                /** Format: date */
                received_on?: string;
                payer?: string;
                settles: number;
                receipt?: string;
                recorded_by: string;
                reversed: boolean;
            }[];
            reversals: components["schemas"]["ReversalView"][];
            balance: number;
            currency: string;
            paid: boolean;
            overdue: number;
            /** Format: date */
            on: string;
        };
        RegistrationReport: {
            dry_run: boolean;
            accepted: number;
            unchanged: number;
            rejected: number;
            errors: {
                row: number;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
                code: string;
                detail: string;
            }[];
            more_errors: number;
            warnings: {
                row: number;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
                code: string;
                detail: string;
            }[];
            columns: {
                header: string;
                field: ("matricule" | "last_name" | "first_name" | "name" | "phone" | "email" | "class_name" | "birth_date" | "birth_place" | "sex" | "marks" | "average") | null;
            }[];
            failed_rows: string | null;
        };
        RemarkView: {
            text: string | null;
            version: number;
            author?: string;
            /** Format: date-time */
            at?: string;
            student_id: number;
            name: string;
            subject: string;
        };
        ReportView: {
            student_id: number;
            name: string;
            class_name?: string;
            term: {
                id: string;
                name: string;
                /** @enum {string} */
                state: "open" | "closing" | "closed";
            };
            scale: number;
            pass_mark: number;
            results: {
                id: string;
                title?: string;
                subject?: string;
                category?: string;
                out_of: number;
                coefficient: number;
                /** @enum {string} */
                counts: "always" | "bonus" | "never";
                score?: number;
                /** @enum {string} */
                status?: "absent" | "exempt" | "missing";
                comment?: string;
                date?: string;
                /** Format: date-time */
                at?: string;
                version?: number;
            }[];
            subjects: components["schemas"]["SubjectReport"][];
            terms: {
                id: string;
                name: string;
                weight: number;
                general?: number;
            }[];
            general?: number;
            class?: components["schemas"]["Among"];
            rank?: number | null;
            ranked?: number;
            size?: number;
            change?: number;
            card?: {
                version: number;
                differs: boolean;
            };
        };
        ResultLine: {
            score?: number;
            /** @enum {string} */
            status?: "absent" | "exempt" | "missing";
            comment?: string;
            author?: string;
            /** Format: date-time */
            at?: string;
            version: number;
            student_id: number;
            name: string;
        };
        ResultView: {
            score?: number;
            /** @enum {string} */
            status?: "absent" | "exempt" | "missing";
            comment?: string;
            author: string;
            /** Format: date-time */
            at: string;
            version: number;
        };
        ReversalView: {
            id: string;
            amount: number;
            currency: string;
            /** Format: date-time */
            at: string;
            payment_id: string;
            reason: string;
            recorded_by: string;
        };
        Rollover: {
            /** @example 2026-2027 */
            from: string;
            /** @example 2026-2027 */
            to: string;
            moves?: {
                /** Format: line */
                class_name: string;
                to: string | null;
            }[];
            students?: {
                id: number;
                /** @enum {string} */
                outcome: "promoted" | "repeats" | "conditional" | "leaves";
                /** Format: line */
                class_name?: string;
            }[];
        };
        RolloverView: {
            from: string;
            to: string;
            dry_run: boolean;
            complete: boolean;
            counts: {
                promoted: number;
                repeats: number;
                conditional: number;
                leaves: number;
            };
            students: components["schemas"]["Passage"][];
            without_move: {
                class_name: string;
                students: number;
            }[];
            open_terms: {
                id: string;
                name: string;
            }[];
        };
        SchoolFields: {
            /** Format: line */
            name: string;
            /** Format: paragraph */
            address: string;
            /**
             * Format: phone
             * @example +221771234567
             * @example 77 123 45 67
             */
            phone: string;
            /** Format: line */
            code?: string;
            /** Format: line */
            motto?: string;
            /** Format: line */
            head_name: string;
            /**
             * @example SN
             * @example FR
             */
            country: string;
            /**
             * @example Africa/Dakar
             * @example Europe/Paris
             */
            time_zone: string;
            logo?: string;
            /**
             * @default 08-01
             * @example 08-01
             */
            year_starts?: string;
        };
        SchoolView: {
            name: string;
            address?: string;
            phone?: string;
            code?: string;
            motto?: string;
            head_name?: string;
            country?: string;
            time_zone: string;
            logo?: string;
            year_starts: string;
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
        SheetView: {
            /** Format: paragraph */
            remark?: string;
            absences_excused?: number;
            absences_unexcused?: number;
            late?: number;
            /** Format: line */
            conduct?: string;
            /** Format: line */
            mention?: string;
            /** @enum {string} */
            decision?: "promoted" | "repeats" | "conditional" | "leaves";
            version: number;
            author?: string;
            /** Format: date-time */
            at?: string;
            student_id: number;
            name: string;
            general?: number;
            proposed_mention?: string;
        };
        SignUp: {
            /** Format: line */
            first_name?: string;
            /** Format: line */
            last_name?: string;
            /**
             * Format: idn-email
             * @example awa.diop@ecole.example
             */
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
        StandingSheet: {
            /** Format: paragraph */
            remark?: string;
            absences_excused?: number;
            absences_unexcused?: number;
            late?: number;
            /** Format: line */
            conduct?: string;
            /** Format: line */
            mention?: string;
            /** @enum {string} */
            decision?: "promoted" | "repeats" | "conditional" | "leaves";
            version: number;
            author?: string;
            /** Format: date-time */
            at?: string;
        };
        StatsView: {
            class_name: string;
            term: string;
            subject?: string;
            size: number;
            count: number;
            mean?: number;
            median?: number;
            min?: number;
            max?: number;
            standard_deviation?: number;
            pass_rate?: number;
            histogram: number[];
        };
        Status: {
            /** @constant */
            status: "ok";
            version: string;
        };
        StudentExport: {
            /** Format: date-time */
            made_at: string;
            made_by: string;
            student: components["schemas"]["StudentView"];
            ledger: components["schemas"]["RegistrationLedger"];
            guardian_namings?: components["schemas"]["Naming"][];
            terms: {
                [key: string]: unknown;
            }[];
            report_cards: {
                [key: string]: unknown;
            }[];
            account?: {
                [key: string]: unknown;
            };
            orders: {
                [key: string]: unknown;
            }[];
            persons: {
                [key: string]: unknown;
            }[];
            left_out: string[];
        };
        StudentView: {
            id: number;
            name: string;
            first_name?: string;
            last_name?: string;
            email?: string;
            phone?: string;
            matricule?: string;
            /** Format: date */
            birth_date?: string;
            birth_place?: string;
            /** @enum {string} */
            sex?: "F" | "M";
            contacts?: components["schemas"]["ContactView"][];
            class_name?: string;
            requested_class?: string;
            enrolments?: components["schemas"]["EnrolmentOutput"][];
            username?: string;
            guardians?: string[];
            /**
             * @default enrolled
             * @enum {string}
             */
            status: "pending" | "enrolled" | "left";
            /** Format: date */
            left_on?: string;
            left_reason?: string;
            paid: boolean;
            notified: boolean;
            /** Format: date-time */
            registered_at: string;
        };
        SubjectReport: {
            name?: string;
            figure?: number;
            coefficient: number;
            /** @enum {string} */
            counts: "always" | "bonus" | "never";
            categories: {
                name: string;
                figure?: number;
                weight: number;
            }[];
            parts: components["schemas"]["SubjectReport"][];
            class?: components["schemas"]["Among"];
        };
        TermDraft: {
            /** Format: line */
            name: string;
            /** Format: date */
            starts_on: string;
            /** Format: date */
            ends_on: string;
            parent?: string;
            /** @default 1 */
            weight?: number;
        };
        TermView: {
            id: string;
            name: string;
            /** Format: date */
            starts_on?: string;
            /** Format: date */
            ends_on?: string;
            parent?: string;
            weight: number;
            open: boolean;
            /** @enum {string} */
            state: "open" | "closing" | "closed";
            history?: {
                open: boolean;
                by: string;
                /** Format: date-time */
                at: string;
                class_names?: string[];
                reason?: string;
            }[];
        };
        TokenPair: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
            refresh_token: string;
            username: string;
            /** @enum {string} */
            role: "admin" | "teacher" | "student" | "guardian";
        };
        WaiverView: {
            id: string;
            amount: number;
            currency: string;
            /** Format: date-time */
            at: string;
            fee_id?: string;
            percent?: number;
            reason: string;
            recorded_by: string;
        };
        Wanted: {
            items: {
                product_id: number;
                /** @default 1 */
                quantity?: number;
            }[];
        };
        Welcome: {
            /** @constant */
            name: "Campus";
            version: string;
            description: string;
            documentation: string;
            openapi: string;
            status: string;
            sign_in: string;
        };
        Words: {
            /** Format: paragraph */
            remark?: string;
            absences_excused?: number;
            absences_unexcused?: number;
            late?: number;
            /** Format: line */
            conduct?: string;
            /** Format: line */
            mention?: string;
            /** @enum {string} */
            decision?: "promoted" | "repeats" | "conditional" | "leaves";
        };
    };
    responses: {
        /** @description `account_already_registered`: Account already registered */
        account_already_registered: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `account_already_registered`: Account already registered · `email_taken`: Email already taken · `phone_taken`: Phone number already taken · `matricule_taken`: Matricule already taken */
        "account_already_registered.email_taken.phone_taken.matricule_taken": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `account_already_registered`: Account already registered · `email_taken`: Email already taken · `phone_taken`: Phone number already taken · `matricule_taken`: Matricule already taken · `too_many_stays`: Too many changes of class · `unknown_username`: No account of this name */
        "account_already_registered.email_taken.phone_taken.matricule_taken.too_many_stays.unknown_username": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `account_already_registered`: Account already registered · `email_taken`: Email already taken · `phone_taken`: Phone number already taken · `matricule_taken`: Matricule already taken · `unknown_username`: No account of this name */
        "account_already_registered.email_taken.phone_taken.matricule_taken.unknown_username": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `already_claimed`: Record already bound to an account */
        already_claimed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `already_reversed`: Payment already reversed */
        already_reversed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `already_there`: Already there */
        already_there: {
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
        /** @description `assessment_not_found`: Assessment not found · `not_your_subject`: Not among your subjects */
        "assessment_not_found.not_your_subject": {
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
        /** @description `claim_code_not_found`: Code not found */
        claim_code_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `class_not_found`: Class not found · `student_not_found`: Student not found */
        "class_not_found.student_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `class_not_found`: Class not found · `term_not_found`: Term not found */
        "class_not_found.term_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `class_not_found`: Class not found · `term_not_found`: Term not found · `not_head_teacher`: For the head teacher */
        "class_not_found.term_not_found.not_head_teacher": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `class_not_found`: Class not found · `term_not_found`: Term not found · `not_head_teacher`: For the head teacher · `report_card_not_found`: Report card not found */
        "class_not_found.term_not_found.not_head_teacher.report_card_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `class_not_found`: Class not found · `term_not_found`: Term not found · `not_your_subject`: Not among your subjects */
        "class_not_found.term_not_found.not_your_subject": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
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
        /** @description `has_published_cards`: Report cards are published */
        has_published_cards: {
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
        /** @description `import_not_found`: Import not found */
        import_not_found: {
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
        /** @description `invalid_code`: Invalid or expired sign-in code */
        invalid_code: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
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
        /** @description `invalid_input`: Invalid input · `malformed_address`: Malformed address · `reserved_header`: Reserved header */
        "invalid_input.malformed_address.reserved_header": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_input`: Invalid input · `malformed_address`: Malformed address · `reserved_header`: Reserved header · `invalid_cursor`: Invalid cursor */
        "invalid_input.malformed_address.reserved_header.invalid_cursor": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_input`: Invalid input · `malformed_address`: Malformed address · `reserved_header`: Reserved header · `malformed_json`: Malformed JSON body */
        "invalid_input.malformed_address.reserved_header.malformed_json": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
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
        /** @description `invalid_input`: Invalid input · `reserved_header`: Reserved header · `list_too_long`: List too long for a PDF */
        "invalid_input.reserved_header.list_too_long": {
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
        /** @description `invalid_input`: Invalid input · `reserved_header`: Reserved header · `unreadable_file`: Unreadable file */
        "invalid_input.reserved_header.unreadable_file": {
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
        /** @description `no_open_term`: No open term · `term_closed`: Term closed · `not_in_class_then`: Not in the class in that term · `student_left`: Student has left */
        "no_open_term.term_closed.not_in_class_then.student_left": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `no_open_term`: No open term · `term_is_divided`: Divided term · `term_closed`: Term closed */
        "no_open_term.term_is_divided.term_closed": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_acceptable`: Not acceptable */
        not_acceptable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_enrolled`: Not enrolled yet · `already_left`: Already left */
        "not_enrolled.already_left": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
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
        /** @description `not_uploaded`: File not uploaded yet */
        not_uploaded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `nothing_due`: Nothing due · `reference_taken`: Reference already recorded · `card_declined`: Card declined · `insufficient_funds`: Insufficient funds */
        "nothing_due.reference_taken.card_declined.insufficient_funds": {
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
        /** @description `out_of_stock`: Out of stock · `credit_limit_reached`: Credit limit reached */
        "out_of_stock.credit_limit_reached": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `out_of_stock`: Out of stock · `mixed_currencies`: Several currencies · `too_many_pending_orders`: Too many pending orders · `account_disabled`: Account disabled */
        "out_of_stock.mixed_currencies.too_many_pending_orders.account_disabled": {
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
        /** @description `printing_unavailable`: Printing is impossible here */
        printing_unavailable: {
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
        /** @description `registration_pending`: Registration pending · `fee_differs`: A fee of this name with other amounts · `other_currency`: Another currency */
        "registration_pending.fee_differs.other_currency": {
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
        /** @description `stale_version`: Stale version · `already_there`: Already there */
        "stale_version.already_there": {
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
        /** @description `student_not_found`: Student not found · `fee_not_found`: Fee not found */
        "student_not_found.fee_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_not_found`: Student not found · `not_your_subject`: Not among your subjects */
        "student_not_found.not_your_subject": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_not_found`: Student not found · `payment_not_found`: Payment not found */
        "student_not_found.payment_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_not_found`: Student not found · `report_card_not_found`: Report card not found */
        "student_not_found.report_card_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_not_found`: Student not found · `result_not_found`: Result not found · `not_your_subject`: Not among your subjects */
        "student_not_found.result_not_found.not_your_subject": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `student_not_found`: Student not found · `term_not_found`: Term not found */
        "student_not_found.term_not_found": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_closed`: Term closed */
        term_closed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_closed`: Term closed · `assessment_has_results`: Assessment with results */
        "term_closed.assessment_has_results": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_closed`: Term closed · `score_above`: Score above the maximum */
        "term_closed.score_above": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_has_marks`: Term with marks · `term_closed`: Term closed */
        "term_has_marks.term_closed": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_is_divided`: Divided term */
        term_is_divided: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_not_closed`: Term not closed · `unreleased_results`: Unreleased results */
        "term_not_closed.unreleased_results": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_not_found`: Term not found */
        term_not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `term_not_found`: Term not found · `class_not_found`: Class not found */
        "term_not_found.class_not_found": {
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
        /** @description `too_many_requests`: Too many requests */
        too_many_requests: {
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
        /** @description `unauthenticated`: Authentication required · `invalid_refresh_token`: Invalid or expired refresh token */
        "unauthenticated.invalid_refresh_token": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unknown_username`: No account of this name */
        unknown_username: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_content_coding`: Unsupported content coding · `unsupported_media_type`: Unsupported media type */
        "unsupported_content_coding.unsupported_media_type": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: Unsupported media type · `unsupported_content_coding`: Unsupported content coding */
        "unsupported_media_type.unsupported_content_coding": {
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
        /** @description `username_taken`: Username already taken · `reserved_username`: Username reserved */
        "username_taken.reserved_username": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `waiver_above_fee`: Waiver too high */
        waiver_above_fee: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `year_not_closed`: School year not closed */
        year_not_closed: {
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
        /** @description Whether the answer was kept from an earlier call, `hit`, or computed for this one; never an outdated one */
        "X-Cache": "hit" | "miss";
        /** @description Names this request in our logs: the one that was sent, when it is sane */
        "X-Request-Id": string;
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
            406: components["responses"]["not_acceptable"];
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
                    "application/json": components["schemas"]["ApiDescription"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
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
                /** @example style.css */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readProblem: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example not_found */
                code: string;
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
                     *       "code": "unknown_username",
                     *       "status": 409,
                     *       "title": {
                     *         "fr": "Aucun compte de ce nom",
                     *         "en": "No account of this name"
                     *       },
                     *       "cause": {
                     *         "fr": "Un dossier devait être lié à un `username` qu’aucun compte ne porte, ou par un enseignant au compte d’un administrateur. Lié à un nom libre, il serait lu par qui le prendrait ensuite.",
                     *         "en": "A record was to be bound to a `username` that no account has (where several were named, `errors` says which), or by a teacher to the account of an admin. Bound to a name that is still free, it would be read by whoever signs up under it."
                     *       },
                     *       "remedy": {
                     *         "fr": "Omettez `username`. Une fois la personne inscrite, liez le dossier à son compte, ou remettez-lui un code : `POST /students/{id}/claim-code` ou `POST /persons/{id}/claim-code`.",
                     *         "en": "Leave it out. Once its holder has signed up, bind the record to their account, or hand them a code: `POST /students/{id}/claim-code` or `POST /persons/{id}/claim-code`."
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ProblemDescription"];
                    "text/html": string;
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["username_taken.reserved_username"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_attempts"];
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
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example victor */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            406: components["responses"]["not_acceptable"];
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
                /** @example victor */
                username: string;
            };
            cookie?: never;
        };
        /** @description What is read-only may be sent back as it was read; anything else is refused as `read_only`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery",
                 *       "old_password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    role?: "admin" | "teacher" | "student" | "guardian";
                    disabled?: boolean;
                    /** @enum {boolean} */
                    unlock?: true;
                    first_name?: string | null;
                    last_name?: string | null;
                    email?: string | null;
                    phone?: string | null;
                    /** Format: password */
                    password?: string;
                    old_password?: string;
                    readonly username?: string;
                    /** Format: date-time */
                    readonly created_at?: string;
                };
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["user_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["own_admin_rights"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example victor */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    password?: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["user_not_found"];
            409: components["responses"]["own_admin_rights"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    showAuthLetters: {
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
                    "application/json": {
                        context: string;
                        /** @description How many there are; SQS counts approximately. */
                        waiting: number;
                        /** @description The oldest that were found, ten at most. */
                        letters: {
                            /** @description The message, as the log calls it (`message_id`). */
                            id: string;
                            /** Format: date-time */
                            sent_at: string;
                            /**
                             * Format: date-time
                             * @description When SQS lets go of it.
                             */
                            expires_at: string;
                            /** @description `null` where it is no event that anybody could read. */
                            event: {
                                type: string;
                                /** @description The id of what it happened to. */
                                subject?: string;
                                /** @description The request that caused it, as the log calls it. */
                                request_id?: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    redriveAuthLetters: {
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
                    "application/json": {
                        /** @description How many were sent again. */
                        redriven: number;
                        /** @description How many are left. */
                        waiting: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                        /** @description Always true */
                        valid: boolean;
                        /** @enum {string} */
                        role: "admin" | "teacher" | "student" | "guardian";
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["invalid_token"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["refresh_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            406: components["responses"]["not_acceptable"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["session_not_found"];
            412: components["responses"]["already_there"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    giveCode: {
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
                "application/json": components["schemas"]["CodeRequest"];
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
                    "application/json": {
                        code: string;
                        expires_in: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated.invalid_refresh_token"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["refresh_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exchangeCode: {
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
                "application/json": components["schemas"]["CodeExchange"];
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
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["invalid_code"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportAccounts: {
        parameters: {
            query?: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["student_deleted"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["no_open_term.term_closed.not_in_class_then.student_left"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readReport: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
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
                     *       "student_id": 281,
                     *       "name": "Issa Fall",
                     *       "class_name": "Sixième 2ed688ab",
                     *       "term": {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "name": "Trimestre 2ed688ab",
                     *         "state": "open"
                     *       },
                     *       "scale": 20,
                     *       "pass_mark": 10,
                     *       "results": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "title": "Composition",
                     *           "subject": "Maths",
                     *           "out_of": 20,
                     *           "coefficient": 1,
                     *           "counts": "always",
                     *           "score": 13,
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "subjects": [
                     *         {
                     *           "name": "Maths",
                     *           "figure": 13,
                     *           "coefficient": 4,
                     *           "counts": "always",
                     *           "categories": [],
                     *           "parts": []
                     *         }
                     *       ],
                     *       "terms": [],
                     *       "general": 13,
                     *       "rank": 2,
                     *       "ranked": 2,
                     *       "size": 2,
                     *       "card": {
                     *         "version": 1,
                     *         "differs": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    replaceGrades: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                student_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grades": [
                 *         12,
                 *         15.5
                 *       ]
                 *     }
                 */
                "application/json": {
                    grades: number[];
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
                     *       "message": "Notes modifiées",
                     *       "grades": [
                     *         12,
                     *         15.5
                     *       ]
                     *     }
                     */
                    "application/json": {
                        message: string;
                        grades: number[];
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["no_open_term.term_closed.not_in_class_then.student_left"];
            412: components["responses"]["already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    replaceResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                student_id: number;
                /** @example 01a158c0-e900-7000-8000-000000000000 */
                result_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "score": 9.5,
                 *       "subject": "Anglais",
                 *       "comment": "Recompté"
                 *     }
                 */
                "application/json": {
                    score?: number | null;
                    /** @enum {string} */
                    status?: "absent" | "exempt" | "missing";
                    subject?: string | null;
                    coefficient?: number;
                    comment?: string | null;
                };
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
                     *       "score": 9.5,
                     *       "subject": "Anglais",
                     *       "coefficient": 1,
                     *       "comment": "Recompté",
                     *       "author": "prof",
                     *       "at": "2026-11-20T09:00:00.000Z",
                     *       "version": 2
                     *     }
                     */
                    "application/json": {
                        id: string;
                        score?: number;
                        /** @enum {string} */
                        status?: "absent" | "exempt" | "missing";
                        subject?: string;
                        coefficient?: number;
                        comment?: string;
                        author: string;
                        /** Format: date-time */
                        at: string;
                        version: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.result_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_closed"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deleteResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                student_id: number;
                /** @example 01a158c0-e900-7000-8000-000000000000 */
                result_id: string;
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.result_not_found.not_your_subject"];
            409: components["responses"]["term_closed"];
            412: components["responses"]["stale_version.already_there"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    changeResult: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                student_id: number;
                /** @example 01a158c0-e900-7000-8000-000000000000 */
                result_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "comment": "Recompté deux fois"
                 *     }
                 */
                "application/json": {
                    score?: number | null;
                    /** @enum {string} */
                    status?: "absent" | "exempt" | "missing";
                    subject?: string | null;
                    coefficient?: number;
                    comment?: string | null;
                };
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
                     *       "score": 9.5,
                     *       "subject": "Anglais",
                     *       "coefficient": 1,
                     *       "comment": "Recompté deux fois",
                     *       "author": "prof",
                     *       "at": "2026-11-20T09:00:00.000Z",
                     *       "version": 3
                     *     }
                     */
                    "application/json": {
                        id: string;
                        score?: number;
                        /** @enum {string} */
                        status?: "absent" | "exempt" | "missing";
                        subject?: string;
                        coefficient?: number;
                        comment?: string;
                        author: string;
                        /** Format: date-time */
                        at: string;
                        version: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.result_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_closed"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readHistory: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                student_id: number;
                /** @example 01a158c0-e900-7000-8000-000000000000 */
                result_id: string;
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
                     * @example [
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "score": 9.5,
                     *         "subject": "Anglais",
                     *         "coefficient": 1,
                     *         "comment": "Recompté deux fois",
                     *         "author": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 3
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "score": 9.5,
                     *         "subject": "Anglais",
                     *         "coefficient": 1,
                     *         "comment": "Recompté",
                     *         "author": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 2
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "score": 8,
                     *         "subject": "Anglais",
                     *         "coefficient": 1,
                     *         "author": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 1
                     *       }
                     *     ]
                     */
                    "application/json": {
                        id: string;
                        score?: number;
                        /** @enum {string} */
                        status?: "absent" | "exempt" | "missing";
                        subject?: string;
                        coefficient?: number;
                        comment?: string;
                        author: string;
                        /** Format: date-time */
                        at: string;
                        version: number;
                    }[];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.result_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listTerms: {
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
                     *         "name": "2025-2026",
                     *         "starts_on": "2025-10-01",
                     *         "ends_on": "2026-07-31",
                     *         "weight": 1,
                     *         "open": false,
                     *         "state": "closed"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "name": "Semestre 2 (2025-2026)",
                     *         "starts_on": "2026-02-16",
                     *         "ends_on": "2026-07-31",
                     *         "parent": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "weight": 1,
                     *         "open": false,
                     *         "state": "closed"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "name": "2026-2027",
                     *         "starts_on": "2026-10-01",
                     *         "ends_on": "2027-07-31",
                     *         "weight": 1,
                     *         "open": true,
                     *         "state": "open"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "name": "Semestre 1",
                     *         "starts_on": "2026-10-01",
                     *         "ends_on": "2027-02-15",
                     *         "parent": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "weight": 1,
                     *         "open": true,
                     *         "state": "open"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "name": "Naguère",
                     *         "starts_on": "1981-01-01",
                     *         "ends_on": "1981-02-01",
                     *         "weight": 1,
                     *         "open": false,
                     *         "state": "closed"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "name": "Semestre 2",
                     *         "starts_on": "2027-02-16",
                     *         "ends_on": "2027-07-31",
                     *         "parent": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "weight": 1,
                     *         "open": true,
                     *         "state": "open"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["TermView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    createTerm: {
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
                 *       "name": "Trimestre 2ed688ab",
                 *       "starts_on": "1971-01-01",
                 *       "ends_on": "1971-03-31"
                 *     }
                 */
                "application/json": components["schemas"]["TermDraft"];
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
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "name": "Trimestre 2ed688ab",
                     *       "starts_on": "1971-01-01",
                     *       "ends_on": "1971-03-31",
                     *       "weight": 1,
                     *       "open": true,
                     *       "state": "open",
                     *       "history": []
                     *     }
                     */
                    "application/json": components["schemas"]["TermView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["term_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_has_marks.term_closed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    turnTerm: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "open": false
                 *     }
                 */
                "application/json": {
                    open: boolean;
                    class_names?: string[];
                    /** Format: line */
                    reason?: string;
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
                     *       "name": "Trimestre 2ed688ab",
                     *       "starts_on": "1971-01-01",
                     *       "ends_on": "1971-03-31",
                     *       "weight": 1,
                     *       "open": false,
                     *       "state": "closed",
                     *       "history": [
                     *         {
                     *           "open": false,
                     *           "by": "admin",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         },
                     *         {
                     *           "open": true,
                     *           "by": "admin",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "reason": "Une copie recomptée"
                     *         },
                     *         {
                     *           "open": false,
                     *           "by": "admin",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TermView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["term_not_found.class_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_closed"];
            412: components["responses"]["already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listClasses: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c400-7000-8000-000000000000 */
                year?: string;
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
                     *         "class_name": "Classe sans programme",
                     *         "size": 1
                     *       },
                     *       {
                     *         "class_name": "Première S1",
                     *         "size": 0
                     *       },
                     *       {
                     *         "class_name": "Terminale L2",
                     *         "size": 8
                     *       },
                     *       {
                     *         "class_name": "Terminale S1",
                     *         "size": 8
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ListedClass"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["term_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readClass: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c400-7000-8000-000000000000 */
                year?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
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
                     *       "subjects": [
                     *         {
                     *           "name": "Mathématiques",
                     *           "coefficient": 4,
                     *           "teachers": [
                     *             "prof"
                     *           ]
                     *         },
                     *         {
                     *           "name": "Français",
                     *           "coefficient": 3,
                     *           "teachers": [
                     *             "prof"
                     *           ]
                     *         },
                     *         {
                     *           "name": "Physique",
                     *           "coefficient": 2.5,
                     *           "teachers": [
                     *             "prof"
                     *           ]
                     *         },
                     *         {
                     *           "name": "Anglais",
                     *           "coefficient": 2,
                     *           "teachers": [
                     *             "prof"
                     *           ]
                     *         },
                     *         {
                     *           "name": "Latin",
                     *           "coefficient": 1,
                     *           "teachers": [
                     *             "prof"
                     *           ],
                     *           "counts": "bonus",
                     *           "students": [
                     *             1,
                     *             2,
                     *             3,
                     *             4,
                     *             5,
                     *             6
                     *           ]
                     *         }
                     *       ],
                     *       "categories": [
                     *         {
                     *           "name": "Devoirs",
                     *           "weight": 1
                     *         },
                     *         {
                     *           "name": "Composition",
                     *           "weight": 1
                     *         }
                     *       ],
                     *       "head_teacher": "prof",
                     *       "scale": 20,
                     *       "pass_mark": 10,
                     *       "rank_needs": 50,
                     *       "mentions": [
                     *         {
                     *           "label": "Très bien",
                     *           "from": 16
                     *         },
                     *         {
                     *           "label": "Bien",
                     *           "from": 14
                     *         },
                     *         {
                     *           "label": "Assez bien",
                     *           "from": 12
                     *         }
                     *       ],
                     *       "show": {
                     *         "rank": true,
                     *         "general": true,
                     *         "class_mean": true,
                     *         "extremes": true
                     *       },
                     *       "class_name": "Terminale S1",
                     *       "year": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "size": 9,
                     *       "members": [
                     *         {
                     *           "id": 1,
                     *           "name": "Victor Lefèvre"
                     *         },
                     *         {
                     *           "id": 2,
                     *           "name": "Fatou Diop"
                     *         },
                     *         {
                     *           "id": 3,
                     *           "name": "Mamadou Ndiaye"
                     *         },
                     *         {
                     *           "id": 4,
                     *           "name": "Aïssatou Ba"
                     *         },
                     *         {
                     *           "id": 5,
                     *           "name": "Ousmane Faye"
                     *         },
                     *         {
                     *           "id": 6,
                     *           "name": "Camille Moreau"
                     *         },
                     *         {
                     *           "id": 7,
                     *           "name": "Khady Sarr"
                     *         },
                     *         {
                     *           "id": 8,
                     *           "name": "Élodie Girard"
                     *         },
                     *         {
                     *           "id": 900001,
                     *           "name": "Awa Diop"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ClassView"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    setProgramme: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c400-7000-8000-000000000000 */
                year?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "head_teacher": "teacher-a3f1",
                 *       "subjects": [
                 *         {
                 *           "name": "Maths",
                 *           "coefficient": 4,
                 *           "teachers": [
                 *             "teacher-a3f1"
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    copy_from: {
                        year: string;
                        /** Format: line */
                        class_name: string;
                    };
                } | components["schemas"]["Programme"];
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
                     *       "subjects": [
                     *         {
                     *           "name": "Maths",
                     *           "coefficient": 4,
                     *           "teachers": [
                     *             "teacher-a3f1"
                     *           ]
                     *         }
                     *       ],
                     *       "categories": [],
                     *       "head_teacher": "teacher-a3f1",
                     *       "scale": 20,
                     *       "pass_mark": 10,
                     *       "rank_needs": 50,
                     *       "mentions": [],
                     *       "show": {
                     *         "rank": true,
                     *         "general": true,
                     *         "class_mean": true,
                     *         "extremes": true
                     *       },
                     *       "class_name": "Sixième 2ed688ab",
                     *       "year": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "size": 2,
                     *       "members": [
                     *         {
                     *           "id": 280,
                     *           "name": "Awa Diop"
                     *         },
                     *         {
                     *           "id": 281,
                     *           "name": "Issa Fall"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ClassView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    classStats: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                subject?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "class_name": "Terminale S1",
                     *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "size": 9,
                     *       "count": 9,
                     *       "mean": 13.09,
                     *       "median": 12.97,
                     *       "min": 7.86,
                     *       "max": 17.94,
                     *       "standard_deviation": 2.76,
                     *       "pass_rate": 88.89,
                     *       "histogram": [
                     *         0,
                     *         0,
                     *         0,
                     *         0,
                     *         0,
                     *         0,
                     *         0,
                     *         1,
                     *         0,
                     *         0,
                     *         0,
                     *         2,
                     *         2,
                     *         1,
                     *         0,
                     *         2,
                     *         0,
                     *         1,
                     *         0,
                     *         0
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StatsView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_is_divided"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    topTen: {
        parameters: {
            query?: {
                /** @example Terminale S1 */
                class_name?: string;
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
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
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "rank": 1,
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "class_name": "Terminale S1",
                     *         "average": 17.94,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 2,
                     *         "student_id": 9,
                     *         "name": "Awa Gueye",
                     *         "class_name": "Terminale L2",
                     *         "average": 17.7,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 3,
                     *         "student_id": 7,
                     *         "name": "Khady Sarr",
                     *         "class_name": "Terminale S1",
                     *         "average": 15.34,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 4,
                     *         "student_id": 4,
                     *         "name": "Aïssatou Ba",
                     *         "class_name": "Terminale S1",
                     *         "average": 15.23,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 5,
                     *         "student_id": 15,
                     *         "name": "Ndèye Fall",
                     *         "class_name": "Terminale L2",
                     *         "average": 14.4,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 6,
                     *         "student_id": 11,
                     *         "name": "Chloé Bernard",
                     *         "class_name": "Terminale L2",
                     *         "average": 14,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 6,
                     *         "student_id": 282,
                     *         "name": "Awa Diop",
                     *         "class_name": "Classe a3f1",
                     *         "average": 14,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 8,
                     *         "student_id": 87,
                     *         "name": "Awa Diop",
                     *         "average": 13.75,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 8,
                     *         "student_id": 88,
                     *         "name": "Awa Diop",
                     *         "average": 13.75,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "rank": 8,
                     *         "student_id": 89,
                     *         "name": "Awa Diop",
                     *         "average": 13.75,
                     *         "scale": 20
                     *       }
                     *     ]
                     */
                    "application/json": {
                        rank: number;
                        student_id: number;
                        name: string;
                        class_name?: string;
                        average: number;
                        scale: number;
                    }[];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_is_divided"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listAverages: {
        parameters: {
            query?: {
                /** @example Terminale S1 */
                class_name?: string;
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                order?: "desc" | "asc";
                first_name?: string;
                last_name?: string;
                phone?: string;
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
                    "X-Cache": components["headers"]["X-Cache"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "class_name": "Terminale S1",
                     *         "average": 17.94,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 7,
                     *         "name": "Khady Sarr",
                     *         "class_name": "Terminale S1",
                     *         "average": 15.34,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 4,
                     *         "name": "Aïssatou Ba",
                     *         "class_name": "Terminale S1",
                     *         "average": 15.23,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 900001,
                     *         "name": "Awa Diop",
                     *         "class_name": "Terminale S1",
                     *         "average": 13.75,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "class_name": "Terminale S1",
                     *         "average": 12.97,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 6,
                     *         "name": "Camille Moreau",
                     *         "class_name": "Terminale S1",
                     *         "average": 12.11,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 3,
                     *         "name": "Mamadou Ndiaye",
                     *         "class_name": "Terminale S1",
                     *         "average": 11.57,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 8,
                     *         "name": "Élodie Girard",
                     *         "class_name": "Terminale S1",
                     *         "average": 11,
                     *         "scale": 20
                     *       },
                     *       {
                     *         "student_id": 5,
                     *         "name": "Ousmane Faye",
                     *         "class_name": "Terminale S1",
                     *         "average": 7.86,
                     *         "scale": 20
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Average"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_is_divided"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportAverages: {
        parameters: {
            query?: {
                /** @example Terminale S1 */
                class_name?: string;
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                order?: "desc" | "asc";
                first_name?: string;
                last_name?: string;
                phone?: string;
                /** @description `csv`: commas and decimal points. `csv-excel`: semicolons, decimal commas and a byte order mark, which a French Excel opens by a double click. `pdf`: some of its columns, to be printed, 4,000 lines at most */
                format?: "csv" | "csv-excel" | "xlsx" | "json" | "pdf";
                /** @description Whether CSV begins with a byte order mark: only for `csv-excel` unless said */
                bom?: "true" | "false";
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
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/json": components["schemas"]["Average"][];
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header.list_too_long"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_is_divided"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    listAssessments: {
        parameters: {
            query: {
                /** @example Terminale S1 */
                class_name: string;
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                subject?: string;
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
                     *         "class_name": "Atelier",
                     *         "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "subject": "Dessin",
                     *         "category": "Devoirs",
                     *         "title": "Nature morte",
                     *         "out_of": 10,
                     *         "coefficient": 2,
                     *         "counts": "always"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["AssessmentView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_is_divided"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    createAssessment: {
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
                 *       "class_name": "Sixième 2ed688ab",
                 *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                 *       "subject": "Maths",
                 *       "title": "Composition"
                 *     }
                 */
                "application/json": components["schemas"]["NewAssessment"];
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
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "class_name": "Sixième 2ed688ab",
                     *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "subject": "Maths",
                     *       "title": "Composition",
                     *       "out_of": 20,
                     *       "coefficient": 1,
                     *       "counts": "always"
                     *     }
                     */
                    "application/json": components["schemas"]["AssessmentView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["no_open_term.term_is_divided.term_closed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readAssessment: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example 01a158c0-e900-7000-8000-000000000000 */
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
                     *       "class_name": "Terminale S1",
                     *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "subject": "Mathématiques",
                     *       "category": "Devoirs",
                     *       "title": "Devoir 1",
                     *       "out_of": 20,
                     *       "coefficient": 1,
                     *       "counts": "always"
                     *     }
                     */
                    "application/json": components["schemas"]["AssessmentView"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["assessment_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    deleteAssessment: {
        parameters: {
            query?: {
                with_results?: "true" | "false";
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 01a158c0-e900-7000-8000-000000000000 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["assessment_not_found.not_your_subject"];
            409: components["responses"]["term_closed.assessment_has_results"];
            412: components["responses"]["stale_version.already_there"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    changeAssessment: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 01a158c0-e900-7000-8000-000000000000 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Devoir surveillé"
                 *     }
                 */
                "application/json": components["schemas"]["AssessmentChange"];
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
                     *       "class_name": "Classe sans programme",
                     *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "subject": "Français",
                     *       "title": "Devoir surveillé",
                     *       "out_of": 20,
                     *       "coefficient": 1,
                     *       "counts": "always"
                     *     }
                     */
                    "application/json": components["schemas"]["AssessmentView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["assessment_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_closed.score_above"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readAssessmentHistory: {
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
                /** @example 01a158c0-e900-7000-8000-000000000000 */
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
                     * @example [
                     *       {
                     *         "by": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 2,
                     *         "changes": [
                     *           {
                     *             "field": "coefficient",
                     *             "from": 1,
                     *             "to": 2
                     *           }
                     *         ]
                     *       },
                     *       {
                     *         "by": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 1,
                     *         "changes": [
                     *           {
                     *             "field": "category",
                     *             "to": "Devoirs"
                     *           },
                     *           {
                     *             "field": "coefficient",
                     *             "to": 1
                     *           },
                     *           {
                     *             "field": "counts",
                     *             "to": "always"
                     *           },
                     *           {
                     *             "field": "out_of",
                     *             "to": 10
                     *           },
                     *           {
                     *             "field": "subject",
                     *             "to": "Dessin"
                     *           },
                     *           {
                     *             "field": "title",
                     *             "to": "Nature morte"
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["HistoryLine"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["assessment_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readResults: {
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
                /** @example 01a158c0-e900-7000-8000-000000000000 */
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
                    "application/json": components["schemas"]["ResultLine"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["assessment_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    enterResults: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 01a158c0-e900-7000-8000-000000000000 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "student_id": 280,
                 *         "score": 12
                 *       },
                 *       {
                 *         "student_id": 281,
                 *         "score": 13
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewResult"][];
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
                     * @example [
                     *       {
                     *         "student_id": 280,
                     *         "result": "stored"
                     *       },
                     *       {
                     *         "student_id": 281,
                     *         "result": "stored"
                     *       }
                     *     ]
                     */
                    "application/json": {
                        student_id: number;
                        /** @enum {string} */
                        result: "stored" | "unchanged" | "stale_version" | "refused";
                        /** @enum {string} */
                        code?: "student_not_in_class" | "score_above_out_of";
                        current?: components["schemas"]["ResultView"];
                    }[];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["assessment_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_closed"];
            412: components["responses"]["already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readSheets: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
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
                /** @example Terminale S1 */
                class_name: string;
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
                     *         "remark": "Bon travail, à poursuivre.",
                     *         "absences_excused": 1,
                     *         "late": 2,
                     *         "mention": "Bien",
                     *         "version": 1,
                     *         "author": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "general": 12.97,
                     *         "proposed_mention": "Assez bien"
                     *       },
                     *       {
                     *         "remark": "Excellent semestre.",
                     *         "version": 1,
                     *         "author": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "general": 17.94,
                     *         "proposed_mention": "Très bien"
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 3,
                     *         "name": "Mamadou Ndiaye",
                     *         "general": 11.57
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 4,
                     *         "name": "Aïssatou Ba",
                     *         "general": 15.23,
                     *         "proposed_mention": "Bien"
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 5,
                     *         "name": "Ousmane Faye",
                     *         "general": 7.86
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 6,
                     *         "name": "Camille Moreau",
                     *         "general": 12.11,
                     *         "proposed_mention": "Assez bien"
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 7,
                     *         "name": "Khady Sarr",
                     *         "general": 15.34,
                     *         "proposed_mention": "Bien"
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 8,
                     *         "name": "Élodie Girard",
                     *         "general": 11
                     *       },
                     *       {
                     *         "version": 0,
                     *         "student_id": 900001,
                     *         "name": "Awa Diop",
                     *         "general": 13.75,
                     *         "proposed_mention": "Assez bien"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["SheetView"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_head_teacher"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    enterSheets: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "student_id": 1,
                 *         "remark": "Bon travail, à poursuivre.",
                 *         "absences_excused": 1,
                 *         "late": 2,
                 *         "mention": "Bien"
                 *       },
                 *       {
                 *         "student_id": 2,
                 *         "remark": "Excellent semestre.",
                 *         "version": 0
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewSheet"][];
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
                     * @example [
                     *       {
                     *         "student_id": 1,
                     *         "result": "stored",
                     *         "current": {
                     *           "remark": "Bon travail, à poursuivre.",
                     *           "absences_excused": 1,
                     *           "late": 2,
                     *           "mention": "Bien",
                     *           "version": 1,
                     *           "author": "prof",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       },
                     *       {
                     *         "student_id": 2,
                     *         "result": "stored",
                     *         "current": {
                     *           "remark": "Excellent semestre.",
                     *           "version": 1,
                     *           "author": "prof",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": {
                        student_id: number;
                        /** @enum {string} */
                        result: "stored" | "unchanged" | "stale_version" | "refused";
                        /** @enum {string} */
                        code?: "student_not_in_class" | "decision_needs_year";
                        current?: components["schemas"]["StandingSheet"];
                        sent?: components["schemas"]["Words"];
                    }[];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_head_teacher"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readSheetHistory: {
        parameters: {
            query: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                /** @example 1 */
                student_id: number;
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
                /** @example Terminale S1 */
                class_name: string;
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
                     *         "by": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 1,
                     *         "changes": [
                     *           {
                     *             "field": "absences_excused",
                     *             "to": 1
                     *           },
                     *           {
                     *             "field": "late",
                     *             "to": 2
                     *           },
                     *           {
                     *             "field": "mention",
                     *             "to": "Bien"
                     *           },
                     *           {
                     *             "field": "remark",
                     *             "to": "Bon travail, à poursuivre."
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["HistoryLine"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_head_teacher"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readRemarks: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                subject?: string;
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
                /** @example Terminale S1 */
                class_name: string;
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
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "subject": "Anglais"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "subject": "Français"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "subject": "Latin"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "subject": "Mathématiques"
                     *       },
                     *       {
                     *         "text": "Participe volontiers.",
                     *         "version": 1,
                     *         "author": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "subject": "Physique"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "subject": "Anglais"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "subject": "Français"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "subject": "Latin"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "subject": "Mathématiques"
                     *       },
                     *       {
                     *         "text": null,
                     *         "version": 0,
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "subject": "Physique"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["RemarkView"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    enterRemarks: {
        parameters: {
            query: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                /** @example Mathématiques */
                subject: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "student_id": 280,
                 *         "text": "Rigoureuse."
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["NewRemark"][];
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
                     * @example [
                     *       {
                     *         "student_id": 280,
                     *         "result": "stored",
                     *         "current": {
                     *           "text": "Rigoureuse.",
                     *           "version": 1,
                     *           "author": "teacher-a3f1",
                     *           "at": "2026-11-20T09:00:00.000Z"
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": {
                        student_id: number;
                        /** @enum {string} */
                        result: "stored" | "unchanged" | "stale_version" | "refused";
                        /** @enum {string} */
                        code?: "student_not_in_class" | "not_in_subject";
                        current?: {
                            text: string | null;
                            version: number;
                            author?: string;
                            /** Format: date-time */
                            at?: string;
                        };
                        sent?: {
                            text: string | null;
                        };
                    }[];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readRemarkHistory: {
        parameters: {
            query: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                /** @example Mathématiques */
                subject: string;
                /** @example 1 */
                student_id: number;
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
                /** @example Terminale S1 */
                class_name: string;
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
                     *         "by": "prof",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 1,
                     *         "changes": [
                     *           {
                     *             "field": "text",
                     *             "to": "Participe volontiers."
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["HistoryLine"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_your_subject"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readProgrammeHistory: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c400-7000-8000-000000000000 */
                year?: string;
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
                /** @example Terminale S1 */
                class_name: string;
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
                     *         "by": "admin",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "version": 1,
                     *         "changes": [
                     *           {
                     *             "field": "head_teacher",
                     *             "to": "teacher-a3f1"
                     *           },
                     *           {
                     *             "field": "mentions",
                     *             "to": []
                     *           },
                     *           {
                     *             "field": "pass_mark",
                     *             "to": 10
                     *           },
                     *           {
                     *             "field": "rank_needs",
                     *             "to": 50
                     *           },
                     *           {
                     *             "field": "scale",
                     *             "to": 20
                     *           },
                     *           {
                     *             "field": "show/class_mean",
                     *             "to": true
                     *           },
                     *           {
                     *             "field": "show/extremes",
                     *             "to": true
                     *           },
                     *           {
                     *             "field": "show/general",
                     *             "to": true
                     *           },
                     *           {
                     *             "field": "show/rank",
                     *             "to": true
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["HistoryLine"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_head_teacher"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    publishCards: {
        parameters: {
            query?: {
                dry_run?: "true" | "false";
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                 *       "reason": "Une copie recomptée"
                 *     }
                 */
                "application/json": components["schemas"]["NewCards"];
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
                     *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "class_name": "Sixième 2ed688ab",
                     *       "dry_run": false,
                     *       "cards": [
                     *         {
                     *           "student_id": 280,
                     *           "name": "Awa Diop",
                     *           "result": "unchanged",
                     *           "version": 2,
                     *           "lacks": [
                     *             {
                     *               "what": "decision"
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "student_id": 281,
                     *           "name": "Issa Fall",
                     *           "result": "unchanged",
                     *           "version": 2,
                     *           "lacks": [
                     *             {
                     *               "what": "remark"
                     *             },
                     *             {
                     *               "what": "remark",
                     *               "subject": "Maths"
                     *             },
                     *             {
                     *               "what": "decision"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PublicationView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_head_teacher"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_not_closed.unreleased_results"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listCards: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
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
                /** @example 1 */
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
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "version": 1,
                     *         "published_at": "2026-11-20T09:00:00.000Z",
                     *         "differs": false,
                     *         "sha256": "639bf24c4cfe2d2f22365b87d45eaac652deab2b8cad81a06a4d1826f597b453",
                     *         "content": {
                     *           "school": {
                     *             "name": "Lycée Campus",
                     *             "address": "12 avenue Cheikh Anta Diop\nDakar",
                     *             "phone": "+221338241234",
                     *             "code": "LC-0001",
                     *             "motto": "Savoir, vouloir, partager",
                     *             "head_name": "Aminata Sall",
                     *             "country": "SN"
                     *           },
                     *           "student": {
                     *             "id": 280,
                     *             "name": "Awa Diop"
                     *           },
                     *           "class_name": "Sixième 2ed688ab",
                     *           "term": {
                     *             "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *             "name": "Trimestre 2ed688ab",
                     *             "starts_on": "1971-01-01",
                     *             "ends_on": "1971-03-31"
                     *           },
                     *           "year": {
                     *             "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *             "name": "Trimestre 2ed688ab"
                     *           },
                     *           "scale": 20,
                     *           "pass_mark": 10,
                     *           "head_teacher": "teacher-a3f1",
                     *           "subjects": [
                     *             {
                     *               "name": "Maths",
                     *               "figure": 12,
                     *               "coefficient": 4,
                     *               "counts": "always",
                     *               "categories": [],
                     *               "teachers": [
                     *                 "teacher-a3f1"
                     *               ],
                     *               "remark": {
                     *                 "text": "Rigoureuse.",
                     *                 "author": "teacher-a3f1"
                     *               },
                     *               "parts": []
                     *             }
                     *           ],
                     *           "terms": [],
                     *           "general": 12,
                     *           "rank": 2,
                     *           "ranked": 2,
                     *           "size": 2,
                     *           "show": {
                     *             "rank": true,
                     *             "general": true,
                     *             "class_mean": true,
                     *             "extremes": true
                     *           },
                     *           "council": {
                     *             "remark": "Bon trimestre.",
                     *             "late": 1
                     *           }
                     *         }
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["CardView"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readCard: {
        parameters: {
            query?: {
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                student_id: number;
                /** @example 1 */
                version: number;
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
                     *       "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "version": 1,
                     *       "read_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        term: string;
                        version: number;
                        /** Format: date-time */
                        read_at: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found.report_card_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    printCard: {
        parameters: {
            query?: {
                lang?: "fr" | "en";
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
                version?: number;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
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
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found.report_card_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    printClassCards: {
        parameters: {
            query: {
                lang?: "fr" | "en";
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
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
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found.not_head_teacher.report_card_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    printClassReport: {
        parameters: {
            query?: {
                lang?: "fr" | "en";
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example Terminale S1 */
                class_name: string;
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
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    printTopTen: {
        parameters: {
            query?: {
                lang?: "fr" | "en";
                /** @example Terminale S1 */
                class_name?: string;
                /** @example 01a0f4c2-c7e8-7000-8000-000000000000 */
                term?: string;
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
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.term_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["term_is_divided"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    listNotices: {
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
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d.282.1",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "kind": "new_mark",
                     *         "message": "Awa Diop · New mark · Maths: 14/20",
                     *         "student_id": 282,
                     *         "name": "Awa Diop",
                     *         "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "result_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "subject": "Maths",
                     *         "out_of": 20,
                     *         "score": 14
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d.282.1",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "kind": "new_mark",
                     *         "message": "Awa Diop · New mark · Maths: 13/20",
                     *         "student_id": 282,
                     *         "name": "Awa Diop",
                     *         "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "result_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "subject": "Maths",
                     *         "out_of": 20,
                     *         "score": 13
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d.282.1",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "kind": "new_mark",
                     *         "message": "Awa Diop · New mark · Maths: 12/20",
                     *         "student_id": 282,
                     *         "name": "Awa Diop",
                     *         "term": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "result_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "subject": "Maths",
                     *         "out_of": 20,
                     *         "score": 12
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["NoticeView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    showGradesLetters: {
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
                    "application/json": {
                        context: string;
                        /** @description How many there are; SQS counts approximately. */
                        waiting: number;
                        /** @description The oldest that were found, ten at most. */
                        letters: {
                            /** @description The message, as the log calls it (`message_id`). */
                            id: string;
                            /** Format: date-time */
                            sent_at: string;
                            /**
                             * Format: date-time
                             * @description When SQS lets go of it.
                             */
                            expires_at: string;
                            /** @description `null` where it is no event that anybody could read. */
                            event: {
                                type: string;
                                /** @description The id of what it happened to. */
                                subject?: string;
                                /** @description The request that caused it, as the log calls it. */
                                request_id?: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    redriveGradesLetters: {
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
                    "application/json": {
                        /** @description How many were sent again. */
                        redriven: number;
                        /** @description How many are left. */
                        waiting: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportGrades: {
        parameters: {
            query?: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readHealth: {
        parameters: {
            query?: {
                /**
                 * @description FHIR’s own way to ask for its Bundle, before `Accept`
                 * @example json
                 */
                _format?: string;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found.health_not_found"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
                "application/json": {
                    weight?: number;
                    height?: number;
                    heart_rate?: number;
                    blood_pressure?: {
                        systolic: number;
                        diastolic: number;
                    };
                    /** @description Another word for `weight`, kg */
                    poids?: number;
                    /** @description Another word for `height`, cm */
                    taille?: number;
                    /** @description Another word for `heart_rate`, beats a minute */
                    frequence_cardiaque?: number;
                    /** @description Another word for `blood_pressure`, mmHg; also written `120/80` */
                    tension_arterielle?: string | {
                        systolic: number;
                        diastolic: number;
                    };
                    /** Format: date-time */
                    measured_at?: string;
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
                     *       "weight": 71,
                     *       "person_id": 14,
                     *       "measured_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example 1 */
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
                "application/json": {
                    weight?: number;
                    height?: number;
                    heart_rate?: number;
                    blood_pressure?: {
                        systolic: number;
                        diastolic: number;
                    };
                    /** @description Another word for `weight`, kg */
                    poids?: number;
                    /** @description Another word for `height`, cm */
                    taille?: number;
                    /** @description Another word for `heart_rate`, beats a minute */
                    frequence_cardiaque?: number;
                    /** @description Another word for `blood_pressure`, mmHg; also written `120/80` */
                    tension_arterielle?: string | {
                        systolic: number;
                        diastolic: number;
                    };
                    /** Format: date-time */
                    measured_at?: string;
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            412: components["responses"]["already_there"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    showHealthLetters: {
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
                    "application/json": {
                        context: string;
                        /** @description How many there are; SQS counts approximately. */
                        waiting: number;
                        /** @description The oldest that were found, ten at most. */
                        letters: {
                            /** @description The message, as the log calls it (`message_id`). */
                            id: string;
                            /** Format: date-time */
                            sent_at: string;
                            /**
                             * Format: date-time
                             * @description When SQS lets go of it.
                             */
                            expires_at: string;
                            /** @description `null` where it is no event that anybody could read. */
                            event: {
                                type: string;
                                /** @description The id of what it happened to. */
                                subject?: string;
                                /** @description The request that caused it, as the log calls it. */
                                request_id?: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    redriveHealthLetters: {
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
                    "application/json": {
                        /** @description How many were sent again. */
                        redriven: number;
                        /** @description How many are left. */
                        waiting: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportHealth: {
        parameters: {
            query?: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listProducts: {
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
                     *         "id": 4,
                     *         "name": "Article a3f1",
                     *         "price": 250,
                     *         "currency": "XOF",
                     *         "stock": 1000000,
                     *         "active": true
                     *       },
                     *       {
                     *         "id": 1,
                     *         "name": "Cahier de cours 200 pages",
                     *         "category": "Papeterie",
                     *         "price": 1500,
                     *         "currency": "XOF",
                     *         "stock": 200,
                     *         "active": true
                     *       },
                     *       {
                     *         "id": 2,
                     *         "name": "Calculatrice scientifique",
                     *         "category": "Matériel",
                     *         "price": 12000,
                     *         "currency": "XOF",
                     *         "stock": 40,
                     *         "active": true
                     *       },
                     *       {
                     *         "id": 3,
                     *         "name": "Sweat à capuche Campus",
                     *         "category": "Vêtements",
                     *         "price": 18500,
                     *         "currency": "XOF",
                     *         "stock": 25,
                     *         "active": true
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Product"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            406: components["responses"]["not_acceptable"];
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
                "application/json": components["schemas"]["ProductDraft"];
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
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["article_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    replaceProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        /** @description What is read-only may be sent back as it was read; anything else is refused as `read_only`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Article a3f1",
                 *       "price": 250,
                 *       "stock": 5
                 *     }
                 */
                "application/json": {
                    /** Format: line */
                    name: string;
                    /** Format: paragraph */
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
                    currency?: string;
                    stock?: number;
                    active?: boolean;
                    readonly id?: number;
                };
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
                     *       "id": 12,
                     *       "name": "Article a3f1",
                     *       "price": 250,
                     *       "currency": "XOF",
                     *       "stock": 5,
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["article_not_found"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["article_not_found"];
            412: components["responses"]["stale_version.already_there"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listOrders: {
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
                     *         "username": "student-a3f1",
                     *         "state": "pending",
                     *         "items": [
                     *           {
                     *             "product_id": 4,
                     *             "name": "Article a3f1",
                     *             "price": 250,
                     *             "quantity": 1
                     *           }
                     *         ],
                     *         "total": 250,
                     *         "currency": "XOF",
                     *         "paid_amount": 0,
                     *         "refunded_amount": 0,
                     *         "reserved_until": "2026-11-20T09:00:00.000Z",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "updated_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "username": "teacher-a3f1",
                     *         "state": "pending",
                     *         "items": [
                     *           {
                     *             "product_id": 4,
                     *             "name": "Article a3f1",
                     *             "price": 250,
                     *             "quantity": 1
                     *           }
                     *         ],
                     *         "total": 250,
                     *         "currency": "XOF",
                     *         "paid_amount": 0,
                     *         "refunded_amount": 0,
                     *         "reserved_until": "2026-11-20T09:00:00.000Z",
                     *         "created_at": "2026-11-20T09:00:00.000Z",
                     *         "updated_at": "2026-11-20T09:00:00.000Z"
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "username": "admin-a3f1",
                     *         "state": "pending",
                     *         "items": [
                     *           {
                     *             "product_id": 4,
                     *             "name": "Article a3f1",
                     *             "price": 250,
                     *             "quantity": 1
                     *           }
                     *         ],
                     *         "total": 250,
                     *         "currency": "XOF",
                     *         "paid_amount": 0,
                     *         "refunded_amount": 0,
                     *         "reserved_until": "2026-11-20T09:00:00.000Z",
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
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    placeOrder: {
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
                 *           "product_id": 26,
                 *           "quantity": 2
                 *         },
                 *         {
                 *           "product_id": 27,
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
                     *           "product_id": 26,
                     *           "name": "Article a3f1",
                     *           "price": 250,
                     *           "quantity": 2
                     *         },
                     *         {
                     *           "product_id": 27,
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
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["out_of_stock.mixed_currencies.too_many_pending_orders.account_disabled"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    changeOrder: {
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
                     *       "username": "student-a3f1",
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found.article_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["illegal_transition.out_of_stock.mixed_currencies.too_many_changes"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found"];
            409: components["responses"]["illegal_transition"];
            412: components["responses"]["stale_version.already_there"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["order_not_found"];
            406: components["responses"]["not_acceptable"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["order_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["illegal_transition"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    showOrdersLetters: {
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
                    "application/json": {
                        context: string;
                        /** @description How many there are; SQS counts approximately. */
                        waiting: number;
                        /** @description The oldest that were found, ten at most. */
                        letters: {
                            /** @description The message, as the log calls it (`message_id`). */
                            id: string;
                            /** Format: date-time */
                            sent_at: string;
                            /**
                             * Format: date-time
                             * @description When SQS lets go of it.
                             */
                            expires_at: string;
                            /** @description `null` where it is no event that anybody could read. */
                            event: {
                                type: string;
                                /** @description The id of what it happened to. */
                                subject?: string;
                                /** @description The request that caused it, as the log calls it. */
                                request_id?: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    redriveOrdersLetters: {
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
                    "application/json": {
                        /** @description How many were sent again. */
                        redriven: number;
                        /** @description How many are left. */
                        waiting: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["order_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["illegal_transition.card_declined.insufficient_funds"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                    restock?: boolean;
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["order_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["illegal_transition.refund_above_payment"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
                /** @example victor */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found.article_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["out_of_stock.credit_limit_reached"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found.article_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["out_of_stock.credit_limit_reached"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listPurchases: {
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
                /** @example victor */
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
                     *       "user": "student-a3f1",
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
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        user: string;
                        purchases: {
                            order_id: string;
                            article: {
                                id: number;
                                name: string;
                            };
                            quantity: number;
                            price: number;
                            currency: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listPurchasesAtApiPurchases: {
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
                     *       "user": "student-a3f1",
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
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        user: string;
                        purchases: {
                            order_id: string;
                            article: {
                                id: number;
                                name: string;
                            };
                            quantity: number;
                            price: number;
                            currency: string;
                            /** Format: date-time */
                            at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["user_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportOrders: {
        parameters: {
            query?: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["unknown_username"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        /** @description What is read-only may be sent back as it was read; anything else is refused as `read_only`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Renamed",
                 *       "username": "victor"
                 *     }
                 */
                "application/json": {
                    /** Format: line */
                    name: string;
                    /** Format: date */
                    birth_date?: string;
                    /**
                     * Format: idn-email
                     * @example awa.diop@ecole.example
                     */
                    email?: string;
                    /**
                     * Format: username
                     * @example victor
                     */
                    username?: string;
                    readonly id?: number;
                    /** Format: date-time */
                    readonly created_at?: string;
                    /** Format: date-time */
                    readonly updated_at?: string;
                };
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["unknown_username"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            412: components["responses"]["stale_version.already_there"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listPersonsOf: {
        parameters: {
            query?: {
                username?: string;
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
                    "application/json": components["schemas"]["PersonView"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    issuePersonCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
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
                     *       "code": "128-KTQF-KRSV-6074",
                     *       "expires_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["person_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["already_claimed"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    claimPerson: {
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
                 *       "code": "128-KTQF-KRSV-6074"
                 *     }
                 */
                "application/json": {
                    /** @example 17-K7QM-3XW9-PD2T */
                    code: string;
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
                     *       "id": 128,
                     *       "name": "Baptiste Faye",
                     *       "username": "baptiste",
                     *       "created_at": "2026-11-20T09:00:00.000Z",
                     *       "updated_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["claim_code_not_found"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportPersons: {
        parameters: {
            query?: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    welcome: {
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
                     *       "name": "Campus",
                     *       "version": "0.1.0",
                     *       "description": "The back end that a school runs on: people, health, accounts, enrolment, marks and a shop, serverless.",
                     *       "documentation": "docs",
                     *       "openapi": "openapi.json",
                     *       "status": "status",
                     *       "sign_in": "auth/login"
                     *     }
                     */
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            406: components["responses"]["not_acceptable"];
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
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["account_already_registered.email_taken.phone_taken.matricule_taken.unknown_username"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
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
                /** @example 1 */
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
                            /** @description Always true */
                            queued: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listStudents: {
        parameters: {
            query?: {
                first_name?: string;
                last_name?: string;
                /** @example Terminale S1 */
                class_name?: string;
                /** @example 2026-2027 */
                year?: string;
                phone?: string;
                matricule?: string;
                status?: "pending" | "enrolled" | "left";
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
                     *         "status": "enrolled",
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
                     *         "status": "enrolled",
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
                     *         "status": "enrolled",
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
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listOwn: {
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
                    "application/json": {
                        id: number;
                        name: string;
                        class_name?: string;
                        /**
                         * @default enrolled
                         * @enum {string}
                         */
                        status: "pending" | "enrolled" | "left";
                    }[];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
                     *       "status": "enrolled",
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            409: components["responses"]["has_published_cards"];
            412: components["responses"]["stale_version.already_there"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
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
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        /** @description What is read-only may be sent back as it was read; anything else is refused as `read_only`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "class_name": "3B"
                 *     }
                 */
                "application/json": {
                    /** Format: line */
                    name?: string;
                    first_name?: string | null;
                    last_name?: string | null;
                    email?: string | null;
                    phone?: string | null;
                    username?: string | null;
                    matricule?: string | null;
                    birth_date?: string | null;
                    birth_place?: string | null;
                    sex?: ("F" | "M") | null;
                    contacts?: components["schemas"]["Contact"][] | null;
                    class_name?: string | null;
                    /** Format: date */
                    from?: string;
                    /** @enum {string} */
                    status?: "pending" | "enrolled" | "left";
                    readonly id?: number;
                    readonly requested_class?: string;
                    readonly enrolments?: components["schemas"]["Enrolment"][];
                    readonly guardians?: string[];
                    /** Format: date */
                    readonly left_on?: string;
                    readonly left_reason?: string;
                    readonly paid?: boolean;
                    readonly notified?: boolean;
                    /** Format: date-time */
                    readonly registered_at?: string;
                };
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
                     *       "id": 34,
                     *       "name": "Awa Diop",
                     *       "first_name": "Awa",
                     *       "last_name": "Diop",
                     *       "email": "a3f1@campus.example",
                     *       "class_name": "3B",
                     *       "username": "student-a3f1",
                     *       "status": "enrolled",
                     *       "paid": true,
                     *       "notified": true,
                     *       "registered_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["account_already_registered.email_taken.phone_taken.matricule_taken.too_many_stays.unknown_username"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    restoreStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    without: ("username" | "email" | "phone" | "matricule")[];
                };
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
                     *       "id": 287,
                     *       "name": "Baptiste Faye",
                     *       "first_name": "Baptiste",
                     *       "last_name": "Faye",
                     *       "email": "baptiste.a3f1@example.sn",
                     *       "class_name": "Terminale L2",
                     *       "enrolments": [
                     *         {
                     *           "year": "2026-2027",
                     *           "class_name": "Terminale L2",
                     *           "from": "2026-11-26",
                     *           "repeats": false
                     *         }
                     *       ],
                     *       "username": "baptiste.a3f1",
                     *       "status": "enrolled",
                     *       "paid": false,
                     *       "notified": false,
                     *       "registered_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["account_already_registered.email_taken.phone_taken.matricule_taken"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    issueStudentCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
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
                     *       "code": "17-3JRP-XP8K-WGGM",
                     *       "expires_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["already_claimed"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    claimStudent: {
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
                 *       "code": "67-NEJB-NVWW-1HF5"
                 *     }
                 */
                "application/json": {
                    /** @example 17-K7QM-3XW9-PD2T */
                    code: string;
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
                     *       "id": 67,
                     *       "name": "Baptiste Faye",
                     *       "first_name": "Baptiste",
                     *       "last_name": "Faye",
                     *       "email": "baptiste.a3f1@example.sn",
                     *       "username": "baptiste.a3f1",
                     *       "status": "enrolled",
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
            404: components["responses"]["claim_code_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["account_already_registered"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    nameGuardians: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "username": "parent",
                 *         "relation": "mère",
                 *         "legal": true
                 *       }
                 *     ]
                 */
                "application/json": (string | components["schemas"]["Guardian"])[];
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
                     * @example [
                     *       {
                     *         "username": "parent",
                     *         "relation": "mère",
                     *         "legal": true
                     *       }
                     *     ]
                     */
                    "application/json": {
                        username: string;
                        relation?: string;
                        legal?: boolean;
                    }[];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["unknown_username"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    readNamings: {
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
                /** @example 1 */
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
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "by": "admin-a3f1",
                     *         "guardians": [
                     *           {
                     *             "username": "victor"
                     *           }
                     *         ]
                     *       },
                     *       {
                     *         "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "by": "admin",
                     *         "guardians": [
                     *           {
                     *             "username": "admin-a3f1"
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Naming"][];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    leaveStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The `ETag` that was read: the change is refused when it is no longer the present one */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "on": "2026-11-20",
                 *       "reason": "Déménagement"
                 *     }
                 */
                "application/json": {
                    /** Format: date */
                    on: string;
                    /** Format: line */
                    reason: string;
                };
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
                     *       "id": 23,
                     *       "name": "Awa Ba",
                     *       "first_name": "Awa",
                     *       "last_name": "Ba",
                     *       "email": "a3f1@campus.example",
                     *       "enrolments": [
                     *         {
                     *           "year": "2026-2027",
                     *           "class_name": "Classe a3f1",
                     *           "from": "2026-10-01",
                     *           "to": "2026-11-09",
                     *           "repeats": false
                     *         },
                     *         {
                     *           "year": "2026-2027",
                     *           "class_name": "Classe a3f1 bis",
                     *           "from": "2026-11-10",
                     *           "to": "2026-11-19",
                     *           "repeats": false
                     *         }
                     *       ],
                     *       "status": "left",
                     *       "left_on": "2026-11-20",
                     *       "left_reason": "Déménagement",
                     *       "paid": false,
                     *       "notified": false,
                     *       "registered_at": "2026-11-20T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StudentView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["not_enrolled.already_left"];
            412: components["responses"]["stale_version"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    exportStudents: {
        parameters: {
            query?: {
                first_name?: string;
                last_name?: string;
                /** @example Terminale S1 */
                class_name?: string;
                /** @example 2026-2027 */
                year?: string;
                phone?: string;
                matricule?: string;
                status?: "pending" | "enrolled" | "left";
                paid?: "true" | "false";
                /** @description `csv`: commas and decimal points. `csv-excel`: semicolons, decimal commas and a byte order mark, which a French Excel opens by a double click. `pdf`: some of its columns, to be printed, 4,000 lines at most */
                format?: "csv" | "csv-excel" | "xlsx" | "json" | "pdf";
                /** @description Whether CSV begins with a byte order mark: only for `csv-excel` unless said */
                bom?: "true" | "false";
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
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/json": components["schemas"]["StudentView"][];
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header.list_too_long"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    exportStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
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
                    "application/json": components["schemas"]["StudentExport"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    exportSchool: {
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
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    rollOver: {
        parameters: {
            query?: {
                dry_run?: "true" | "false";
            };
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
                 *       "from": "2001-2002",
                 *       "to": "2002-2003"
                 *     }
                 */
                "application/json": components["schemas"]["Rollover"];
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
                     *       "from": "2001-2002",
                     *       "to": "2002-2003",
                     *       "dry_run": true,
                     *       "complete": true,
                     *       "counts": {
                     *         "promoted": 0,
                     *         "repeats": 0,
                     *         "conditional": 0,
                     *         "leaves": 0
                     *       },
                     *       "students": [],
                     *       "without_move": [
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         },
                     *         {
                     *           "class_name": "Classe a3f1",
                     *           "students": 1
                     *         }
                     *       ],
                     *       "open_terms": []
                     *     }
                     */
                    "application/json": components["schemas"]["RolloverView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["year_not_closed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy.peer_unavailable"];
        };
    };
    importStudents: {
        parameters: {
            query?: {
                dry_run?: "true" | "false";
                columns?: string;
                header_row?: number;
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "application/octet-stream": string;
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
                    "application/json": components["schemas"]["RegistrationReport"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.unreadable_file"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type.unsupported_content_coding"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    createImport: {
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
                "application/json": components["schemas"]["NewImport"];
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
                    "application/json": components["schemas"]["ImportToUpload"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    startImport: {
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
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["import_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["not_uploaded"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readImport: {
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
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["import_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readSchool: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description An `ETag`: 304 without a body when it is still the present one */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
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
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "Lycée Campus",
                     *       "address": "12 avenue Cheikh Anta Diop, Dakar",
                     *       "phone": "+221338241234",
                     *       "code": "LC-0001",
                     *       "motto": "Savoir, vouloir, partager",
                     *       "head_name": "Aminata Sall",
                     *       "country": "SN",
                     *       "time_zone": "Africa/Dakar",
                     *       "year_starts": "08-01"
                     *     }
                     */
                    "application/json": components["schemas"]["SchoolView"];
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
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    describeSchool: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
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
                 *       "name": "Lycée Campus",
                 *       "address": "12 avenue Cheikh Anta Diop\nDakar",
                 *       "phone": "+221338241234",
                 *       "code": "LC-0001",
                 *       "motto": "Savoir, vouloir, partager",
                 *       "head_name": "Aminata Sall",
                 *       "country": "SN",
                 *       "time_zone": "Africa/Dakar",
                 *       "year_starts": "08-01"
                 *     }
                 */
                "application/json": components["schemas"]["SchoolFields"];
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
                     *       "name": "Lycée Campus",
                     *       "address": "12 avenue Cheikh Anta Diop\nDakar",
                     *       "phone": "+221338241234",
                     *       "code": "LC-0001",
                     *       "motto": "Savoir, vouloir, partager",
                     *       "head_name": "Aminata Sall",
                     *       "country": "SN",
                     *       "time_zone": "Africa/Dakar",
                     *       "year_starts": "08-01"
                     *     }
                     */
                    "application/json": components["schemas"]["SchoolView"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["stale_version.already_there"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    showRegistrationLetters: {
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
                    "application/json": {
                        context: string;
                        /** @description How many there are; SQS counts approximately. */
                        waiting: number;
                        /** @description The oldest that were found, ten at most. */
                        letters: {
                            /** @description The message, as the log calls it (`message_id`). */
                            id: string;
                            /** Format: date-time */
                            sent_at: string;
                            /**
                             * Format: date-time
                             * @description When SQS lets go of it.
                             */
                            expires_at: string;
                            /** @description `null` where it is no event that anybody could read. */
                            event: {
                                type: string;
                                /** @description The id of what it happened to. */
                                subject?: string;
                                /** @description The request that caused it, as the log calls it. */
                                request_id?: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    redriveRegistrationLetters: {
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
                    "application/json": {
                        /** @description How many were sent again. */
                        redriven: number;
                        /** @description How many are left. */
                        waiting: number;
                    };
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["nothing_due.reference_taken.card_declined.insufficient_funds"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    chargeFee: {
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
                 *       "label": "Scolarité",
                 *       "year": "2090-2091",
                 *       "currency": "XOF",
                 *       "instalments": [
                 *         {
                 *           "amount": 60000,
                 *           "due_on": "2090-10-05"
                 *         },
                 *         {
                 *           "amount": 40000,
                 *           "due_on": "2091-01-05"
                 *         }
                 *       ],
                 *       "class_name": "Classe 005737ea"
                 *     }
                 */
                "application/json": components["schemas"]["NewFee"];
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
                     *       "label": "Scolarité",
                     *       "year": "2090-2091",
                     *       "amount": 100000,
                     *       "currency": "XOF",
                     *       "charged": 1,
                     *       "already": 0
                     *     }
                     */
                    "application/json": components["schemas"]["Charged"];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["class_not_found.student_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["registration_pending.fee_differs.other_currency"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    listDebts: {
        parameters: {
            query?: {
                /** @example Terminale S1 */
                class_name?: string;
                on?: string;
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
                     *         "student_id": 286,
                     *         "name": "Awa Diop",
                     *         "class_name": "Terminale S2",
                     *         "due": 65000,
                     *         "since": "2026-10-05",
                     *         "balance": 105000,
                     *         "currency": "XOF"
                     *       },
                     *       {
                     *         "student_id": 1,
                     *         "name": "Victor Lefèvre",
                     *         "class_name": "Terminale S1",
                     *         "due": 50000,
                     *         "since": "2026-11-26",
                     *         "balance": 50000,
                     *         "currency": "XOF"
                     *       },
                     *       {
                     *         "student_id": 2,
                     *         "name": "Fatou Diop",
                     *         "class_name": "Terminale S1",
                     *         "due": 50000,
                     *         "since": "2026-11-26",
                     *         "balance": 50000,
                     *         "currency": "XOF"
                     *       },
                     *       {
                     *         "student_id": 3,
                     *         "name": "Mamadou Ndiaye",
                     *         "class_name": "Terminale S1",
                     *         "due": 50000,
                     *         "since": "2026-11-26",
                     *         "balance": 50000,
                     *         "currency": "XOF"
                     *       },
                     *       {
                     *         "student_id": 4,
                     *         "name": "Aïssatou Ba",
                     *         "class_name": "Terminale S1",
                     *         "due": 50000,
                     *         "since": "2026-11-26",
                     *         "balance": 50000,
                     *         "currency": "XOF"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Debt"][];
                };
            };
            400: components["responses"]["invalid_input.reserved_header.invalid_cursor"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
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
                /** @example 1 */
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
                     *       "student_id": 47,
                     *       "fees": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 50000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "instalments": [
                     *             {
                     *               "amount": 50000,
                     *               "due_on": "2026-11-26",
                     *               "open": 45000
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 100000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "label": "Scolarité",
                     *           "year": "2090-2091",
                     *           "instalments": [
                     *             {
                     *               "amount": 60000,
                     *               "due_on": "2090-10-05",
                     *               "open": 60000
                     *             },
                     *             {
                     *               "amount": 40000,
                     *               "due_on": "2091-01-05",
                     *               "open": 40000
                     *             }
                     *           ],
                     *           "recorded_by": "admin"
                     *         }
                     *       ],
                     *       "waivers": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 5000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "reason": "Bourse",
                     *           "recorded_by": "admin"
                     *         }
                     *       ],
                     *       "payments": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 10000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "settles": 10000,
                     *           "receipt": "2026-000006",
                     *           "recorded_by": "admin",
                     *           "reversed": true
                     *         }
                     *       ],
                     *       "reversals": [
                     *         {
                     *           "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "amount": 10000,
                     *           "currency": "XOF",
                     *           "at": "2026-11-20T09:00:00.000Z",
                     *           "payment_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *           "reason": "Erreur",
                     *           "recorded_by": "admin"
                     *         }
                     *       ],
                     *       "balance": 145000,
                     *       "currency": "XOF",
                     *       "paid": false,
                     *       "overdue": 45000,
                     *       "on": "2026-11-26"
                     *     }
                     */
                    "application/json": components["schemas"]["RegistrationLedger"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    readReceipt: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                id: number;
                payment_id: string;
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
                     *       "number": "2026-000005",
                     *       "payment_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "student_id": 46,
                     *       "name": "Awa Ba",
                     *       "class_name": "Classe 01c50ec8",
                     *       "amount": 50000,
                     *       "currency": "XOF",
                     *       "method": "Orange Money",
                     *       "reference": "a3f1",
                     *       "payer": "Aminata Ba",
                     *       "recorded_by": "admin",
                     *       "at": "2026-11-20T09:00:00.000Z",
                     *       "reversed": {
                     *         "at": "2026-11-20T09:00:00.000Z",
                     *         "reason": "Impayé"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found.payment_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    grantWaiver: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 1 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "percent": 1,
                 *       "reason": "Fratrie"
                 *     }
                 */
                "application/json": components["schemas"]["NewWaiver"];
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
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "amount": 500,
                     *       "currency": "XOF",
                     *       "at": "2026-11-20T09:00:00.000Z",
                     *       "percent": 1,
                     *       "reason": "Fratrie",
                     *       "recorded_by": "admin-a3f1"
                     *     }
                     */
                    "application/json": components["schemas"]["WaiverView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.fee_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["waiver_above_fee"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    reversePayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
                /** @description The same key and request give the first answer again, for 24 hours */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 1 */
                id: number;
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Chèque sans provision"
                 *     }
                 */
                "application/json": {
                    /** Format: line */
                    reason: string;
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
                     *       "id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "amount": 50000,
                     *       "currency": "XOF",
                     *       "at": "2026-11-20T09:00:00.000Z",
                     *       "payment_id": "0193476e-7b1c-7d3a-9c41-5e2f8a6b0c1d",
                     *       "reason": "Chèque sans provision",
                     *       "recorded_by": "admin"
                     *     }
                     */
                    "application/json": components["schemas"]["ReversalView"];
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header.malformed_json"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["student_not_found.payment_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["already_reversed"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_content_coding.unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
    printReceipt: {
        parameters: {
            query?: {
                lang?: "fr" | "en";
            };
            header?: {
                /** @description French unless English is preferred */
                "Accept-Language"?: components["parameters"]["Accept-Language"];
            };
            path: {
                /** @example 1 */
                id: number;
                payment_id: string;
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
                    "application/pdf": string;
                };
            };
            400: components["responses"]["invalid_input.malformed_address.reserved_header"];
            401: components["responses"]["unauthenticated"];
            404: components["responses"]["student_not_found.payment_not_found"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            501: components["responses"]["printing_unavailable"];
            503: components["responses"]["busy"];
        };
    };
    exportRegistration: {
        parameters: {
            query?: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["invalid_input.reserved_header"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["busy"];
        };
    };
}
