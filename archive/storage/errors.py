"""What can go wrong between us and the file store."""

from archive.errors import NotFound, Unavailable
from archive.terms import N_


class StoreUnavailable(Unavailable):
    """The file store does not answer, or broke off."""

    message = N_("文件存储暂时无法使用，文件没有保存或没有读出。")
    remedy = N_("请稍后重试；如果一直如此，请通知系统管理员检查文件存储服务。")


class StoreRefused(StoreUnavailable):
    """The file store answers but does not let us in: keys, region or policy are wrong."""

    message = N_("文件存储拒绝了系统的请求（%(code)s）。")
    remedy = N_("请通知系统管理员检查文件存储的地址、区域和访问密钥。")


class BucketMissing(StoreUnavailable):
    """The bucket is not there."""

    message = N_("文件存储中没有名为“%(bucket)s”的存储桶。")
    remedy = N_("请通知系统管理员运行 archive init 建立存储桶。")


class BlobMissing(NotFound):
    """No blob under this key. A record that names it is in trouble; see `archive fixity`."""

    message = N_("存储中没有找到这个文件的内容。")
    remedy = N_("请通知系统管理员，由其从备份恢复该文件。")


class BlobDamaged(Unavailable):
    """The stored bytes are not those that were sent. They are never served."""

    message = N_("存储中的文件内容与登记的指纹不一致，没有采用。")
    remedy = N_("请重新上传；如果再次出现，请通知系统管理员检查文件存储。")
