# Pages of signing in, accounts, tokens and the audit.
# ---- signing in ----
sign-in-title = Sign in
sign-in-act = Sign in
sign-in-whom = For the departments, subdistricts, communities and work groups of this district.
sign-in-login-help = The login your unit was given
sign-in-password-again = Enter the password again
sign-in-forgot = Forgot the password?
sign-in-forgot-whom = Ask your security administrator for a reset
sign-in-foot = Logins are issued by the system administrator; the first sign-in asks for a new password.
sign-in-refused = Wrong login or password, or the account is locked. { $failures } wrong passwords in a row lock an account for { $minutes } minutes; if it still fails, ask the security administrator to unlock it or reset the password.
sign-in-disabled = This account is disabled. To use it again, ask the system administrator to enable it.
account-login = Login
account-password = Password

# ---- passwords ----
password-title = Change password
password-present = Present password
password-new = New password
password-again = Once more
password-act = Save new password
password-next = Saving ends this account's sessions on other devices.
password-must = Somebody else set the present password; change it before using other pages.
password-rule = At least { $min } characters, without the login, none of the common ones. A sentence only you know does well.
password-too-short = At least { $min } characters; make it longer.
password-too-long = At most { $max } bytes; make it shorter.
password-holds-login = The new password must not be mostly the login; choose another.
password-obvious = This password is common and easily guessed; choose another.
password-again-differs = The two new passwords differ; enter them again.
password-present-wrong = The present password is wrong; enter it again.
password-same = The new password is the present one; choose another.

# ---- profile ----
profile-title = Profile
profile-back = Back to the profile

# ---- accounts ----
account-login-form = A login is 3 to 32 small letters, digits, dots, hyphens or underscores and begins with a letter or digit.
account-login-taken = The login { $login } is taken; choose another.
account-person-has-one = { $person } already has the login { $login }; one person has one account.
account-not-own = Nobody can disable, enable, unlock or reset their own account.
account-not-own-remedy = Change your password in your profile; for the rest ask another administrator.

# ---- posts and the three administrators ----
exclusion-conflict = { $person } would be “{ $one }” and “{ $other }” at the same time: the system, security and audit administrators exclude each other and hold no business post.
exclusion-conflict-remedy = End one of the terms or take back one of the grants first, or appoint somebody else.
term-ends-too-soon = The term must end after { $from }; check the dates.
administrators-exist = There are administrators already; the first ones are made only once.
administrators-exist-remedy = The system administrator appoints, the security administrator grants.
administrators-one-of-each = The first administrators are one each for system, security and audit.

# ---- tokens ----
token-not-your-post = This person does not hold that post today; no token can be issued for it.
token-days = A token lives 1 to { $max } days.
token-no-rights = Choose at least one permission.
token-right-not-held = The post does not hold the permission “{ $permission }”; leave it out.
error-token-form = Write the Authorization header as “Bearer hj_…”.
error-token-form-remedy = Make a token in your profile and put the whole of it after Bearer.
error-token-unknown = There is no such access token.
error-token-unknown-remedy = Check that it is complete; if it is lost, make a new one in your profile.
error-token-expired = The access token “{ $name }” expired on { $at }.
error-token-expired-remedy = Make a new token in your profile and put it in its place.
error-token-revoked = The access token “{ $name }” was revoked on { $at }.
error-token-revoked-remedy = Make a new token in your profile; if you did not revoke it, tell the security administrator.
error-token-account = The account of the access token “{ $name }” is disabled.
error-token-account-remedy = Ask the system administrator to enable the account, or let somebody else make a token.
error-token-post = The owner of the access token “{ $name }” no longer holds its post.
error-token-post-remedy = Let the present holder make a token.
