/// Whose copy the state is, and how far it has come: part of the state, so that the data and the
/// place in the other's history are one record.
@NullMarked
package naru.engine.replication;

import org.jspecify.annotations.NullMarked;
