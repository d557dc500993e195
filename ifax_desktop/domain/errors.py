"""The failures a user can understand. Every one carries a sentence for people and, apart from it, the raw detail.

FaxError
 +- Offline              the request never left this machine: trying again is safe
 +- NoAnswer             the request may have arrived: look before doing it again
 +- SignInNeeded         the service refused the stored key
 +- Refused              the service understood the request and said no
 +- WrongNumber          what was typed is not a fax number
 +- NothingToSend        a fax without a document
 +- DocumentUnreadable   a file that cannot be taken as a document
 |   +- DocumentLocked     it needs a password, or another one
 +- NotFetched           the service lists a received fax and does not give its document yet
 +- StorageFailed        this computer's disk or archive refused to keep something
 |   +- ProfileCopied    the profile is a copy, or in use elsewhere: nothing in it goes on by itself
 +- ServiceAddressWrong  the address of the service, or of the proxy on the way to it, may not be used
 +- OperationsWrong      the file that corrects the operations' paths makes no sense
 +- ConsentNeeded        nobody knows yet whether the real service takes this, and it would change something
 +- ImportRefused        a file to import is none of ours, damaged, or from a newer version
 +- NotCertain           the same was asked of the service before, and nobody knows yet whether it was done
 +- ListeningFailed      this computer cannot take calls of the service where it was told to
 +- AccountUnproven      nobody knows yet whether the key belongs to the account of the faxes kept here
 +- AccountMoved         the key belongs to another account whose faxes are kept here too
"""


class FaxError(Exception):
    """A failure with a sentence for people (`str(error)`) and the raw detail for support (`detail`)."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


class Offline(FaxError):
    """The request never left this machine. Trying again is safe."""


class NoAnswer(FaxError):
    """The request may have arrived. Trying again could do the work twice."""


class SignInNeeded(FaxError):
    """The service refused the stored key (wire contract, section 1: codes 12001 and 12004)."""


class Refused(FaxError):
    """The service understood the request and said no; `code` is its number for why, if it gave one."""

    def __init__(
        self, sentence: str, detail: str = "", *, code: int | None = None, retry_after: float = 0.0
    ) -> None:
        super().__init__(sentence, detail)
        self.code = code
        self.retry_after = retry_after
        """Seconds to wait before asking again, as the service wished (HTTP 429); 0 when it said nothing."""


class WrongNumber(FaxError):
    """What was typed is not a fax number; the sentence says what is missing."""


class NothingToSend(FaxError):
    """A fax was to be queued without any document."""


class FaxTooLarge(FaxError):
    """A fax is larger than the service takes; the sentence says what can be done."""


class DocumentUnreadable(FaxError):
    """A file cannot be taken as a document: of no known kind, damaged, empty or missing."""


class DocumentLocked(DocumentUnreadable):
    """A PDF needs a password to be read, or another one than was given."""


class NotFetched(FaxError):
    """The service lists a received fax and does not give its document; it is asked again by itself."""


class StorageFailed(FaxError):
    """This computer could not keep something: disk full, no permission, archive damaged or from a newer version."""


class ProfileCopied(StorageFailed):
    """The profile comes from a copy or a backup, or somebody else works on it: nothing in it goes on by itself."""


class ServiceAddressWrong(FaxError):
    """The address given for the service is not https, nor http on this computer itself; or a proxy's makes no sense."""


class OperationsWrong(FaxError):
    """The user's file of operation paths cannot be taken; the sentence names the place."""


class ConsentNeeded(FaxError):
    """The operation changes something, and its path is an assumption: the user is asked once, in plain words."""


class ImportRefused(FaxError):
    """A file to import was not exported by this program, is damaged, or comes from a newer version. Nothing was taken."""


class NotCertain(FaxError):
    """The same was asked of the service before, and its answer was lost or has not come: it is not asked again by guess."""


class ListeningFailed(FaxError):
    """Calls of the service cannot be taken at this address and port: in use, not this computer's, or not allowed."""


class AccountUnproven(FaxError):
    """The key may belong to another account than the faxes kept here: nothing may be sent, looked up or received."""


class AccountMoved(FaxError):
    """The key belongs to another account of this archive, whose random id is `account`: the session begins anew for it."""

    def __init__(self, account: str) -> None:
        super().__init__(
            "This key belongs to another account, whose faxes are shown now. The others come back with their own key."
        )
        self.account = account
