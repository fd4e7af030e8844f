// Founds the replica set and its two users; does nothing where that is done.
// Runs in mongosh on the loopback of the first member, while MongoDB still lets anyone in there.

const admin = db.getSiblingDB("admin");
const { MONGODB_ROOT_PASSWORD: rootPassword, MONGODB_PASSWORD: password } = process.env;
const AUTHENTICATION_FAILED = 18;
const ALREADY_INITIALIZED = 23;

function isFounded() {
  try {
    admin.auth("root", rootPassword);
    return true;
  } catch (error) {
    if (error.code !== AUTHENTICATION_FAILED) throw error;
    return false;
  }
}

function initiate() {
  const members = ["mongo1", "mongo2", "mongo3"].map((name, number) => ({
    _id: number,
    host: `${name}:27017`,
    priority: number === 0 ? 2 : 1, // the users are made on the first
  }));
  try {
    rs.initiate({ _id: "archive", members });
  } catch (error) {
    if (error.code !== ALREADY_INITIALIZED) throw error;
  }
  while (!db.hello().isWritablePrimary) sleep(200);
}

if (!isFounded()) {
  initiate();
  admin.createUser({ user: "root", pwd: rootPassword, roles: ["root"] });
  admin.auth("root", rootPassword);
}
if (!admin.getUser("archive")) {
  admin.createUser({
    user: "archive",
    pwd: password,
    roles: [
      { role: "readWrite", db: "archive" },
      { role: "readWrite", db: "archive_queue" },
    ],
  });
}
print("The replica set is founded.");
