package naru.protocol.resp;

import java.util.Arrays;
import java.util.List;

/// Commands of the newest Redis that Naru does not have, each with the reason.
public final class NotHere {
  /// Commands that are absent for one reason.
  ///
  /// @param reason a sentence or two
  /// @param commands in capitals; a subcommand as `CLUSTER|MIGRATION`
  public record Absence(String reason, List<String> commands) {
    private Absence(String reason, String names) {
      this(reason, Arrays.asList(names.strip().split("\\s+")));
    }
  }

  private static final List<Absence> ABSENCES =
      List.of(
          new Absence(
              "Arrays, a type of value since 8.8: not yet.",
"""
              ARCOUNT ARDEL ARDELRANGE ARGET ARGETRANGE ARGREP ARINFO ARINSERT ARLASTITEMS ARLEN
              ARMGET ARMSET ARNEXT AROP ARRING ARSCAN ARSEEK ARSET\
"""),
          new Absence(
              "Vector sets, a type of value since 8.0: not planned. A broker's work is not the"
                  + " search for what is similar.",
"""
              VADD VCARD VDIM VEMB VGETATTR VINFO VISMEMBER VLINKS VRANDMEMBER VRANGE VREM VSETATTR
              VSIM\
"""),
          new Absence(
              "JSON documents, once a module: not planned. A string or a hash holds what a message"
                  + " carries.",
"""
              JSON.ARRAPPEND JSON.ARRINDEX JSON.ARRINSERT JSON.ARRLEN JSON.ARRPOP JSON.ARRTRIM
              JSON.CLEAR JSON.DEBUG JSON.DEBUG|MEMORY JSON.DEL JSON.FORGET JSON.GET JSON.MERGE
              JSON.MGET JSON.MSET JSON.NUMINCRBY JSON.NUMMULTBY JSON.OBJKEYS JSON.OBJLEN JSON.RESP
              JSON.SET JSON.STRAPPEND JSON.STRLEN JSON.TOGGLE JSON.TYPE\
"""),
          new Absence(
              "Indexes and search, once a module: not planned. That is work for a search engine"
                  + " beside the broker.",
"""
              FT.AGGREGATE FT.ALIASADD FT.ALIASDEL FT.ALIASLIST FT.ALIASUPDATE FT.ALTER FT.CONFIG|GET
              FT.CONFIG|SET FT.CREATE FT.CURSOR|DEL FT.CURSOR|READ FT.DICTADD FT.DICTDEL FT.DICTDUMP
              FT.DROPINDEX FT.EXPLAIN FT.EXPLAINCLI FT.HYBRID FT.INFO FT.PROFILE FT.SEARCH
              FT.SPELLCHECK FT.SYNDUMP FT.SYNUPDATE FT.TAGVALS FT._LIST\
"""),
          new Absence(
              "Time series, once a module: not planned.",
"""
              TS.ADD TS.ALTER TS.CREATE TS.CREATERULE TS.DECRBY TS.DEL TS.DELETERULE TS.GET TS.INCRBY
              TS.INFO TS.MADD TS.MGET TS.MRANGE TS.MREVRANGE TS.NRANGE TS.NREVRANGE TS.QUERYINDEX
              TS.QUERYLABELS TS.RANGE TS.READ TS.REVRANGE\
"""),
          new Absence(
              "Copies of Redis' append-only files. Naru has files of its own: NARU.BACKUP and naru"
                  + " backup.",
"""
              BACKUP|ABORT BACKUP|CLEANUP BACKUP|LIST BACKUP|SEAL BACKUP|START BACKUP|STATUS\
"""),
          new Absence(
              "Samples of which keys are used most: not yet. OBJECT FREQ tells of single keys.",
"""
              HOTKEYS HOTKEYS|GET HOTKEYS|RESET HOTKEYS|START HOTKEYS|STOP\
"""),
          new Absence(
              "By hand: docs/guide/moving.md. That of a redis-server which is followed works.",
"""
              FAILOVER\
"""),
          new Absence(
              "Not yet: DUMP here and RESTORE there do the same.",
"""
              MIGRATE\
"""),
          new Absence(
              "Moves slots between nodes. The cluster has one.",
"""
              CLUSTER|MIGRATION\
"""));

  private NotHere() {}

  /// All of them.
  public static List<Absence> absences() {
    return ABSENCES;
  }
}
