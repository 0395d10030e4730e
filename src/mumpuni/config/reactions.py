"""What a step in one package sets off in another: (record, step) to jobs, all on this page."""

from mumpuni.certificates.jobs import tell_of_key
from mumpuni.kernel.jobs import Job
from mumpuni.licensing.jobs import begin_transitions
from mumpuni.schemes.jobs import number_waiting_schemes
from mumpuni.surveillance.jobs import assess_body, keep_dossier

REACTIONS: dict[tuple[str, str], tuple[Job, ...]] = {
    # a body's schemes are numbered by its licence, so those verified before waited for it
    ("licensing.licenceapplication", "grant"): (number_waiting_schemes, assess_body),
    # whoever decides on a further term reads how the body fared
    ("licensing.licenceapplication", "submit"): (keep_dossier,),
    # who certifies by a standard is known where licences are
    ("schemes.standardchange", "announce"): (begin_transitions,),
    # whoever checks a signature finds each change of the keys in the public log
    ("credentials.signingkey", "begin"): (tell_of_key,),
    ("credentials.signingkey", "retire"): (tell_of_key,),
    ("credentials.signingkey", "compromise"): (tell_of_key,),
    # how risky a body is follows from what happens to it; all else is read at night
    ("visits.visit", "report"): (assess_body,),
    ("visits.finding", "close"): (assess_body,),
    ("visits.finding", "lapse"): (assess_body,),
    ("certificates.misusereport", "begin"): (assess_body,),
    ("licensing.licence", "revoke"): (assess_body,),
}
