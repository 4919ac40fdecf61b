/// Who may do what: users, their passwords, what each may call, read, write and listen to, and what
/// was refused.
///
/// Must not know: connections' bytes, databases' contents.
@NullMarked
package naru.protocol.resp.acl;

import org.jspecify.annotations.NullMarked;
