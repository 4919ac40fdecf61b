package naru.protocol.resp.replication;

/// The link to the server that is followed cannot go on: it says or does what it should not.
final class LinkFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  LinkFailure(String what) {
    super(what);
  }
}
