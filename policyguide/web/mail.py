"""Mail that a person is waiting for."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from policyguide.firms.models import Invitation
from policyguide.notices.mail import site_url

logger = logging.getLogger(__name__)


def mail_invitation(invitation: Invitation, secret: str) -> bool:
    """Send the link to whom it is for. Whether that worked."""
    link = site_url("invitation", secret)
    context = {"invitation": invitation, "link": link}
    firm = " ".join(invitation.firm.name.split())
    try:
        send_mail(
            _("An invitation from %(firm)s") % {"firm": firm},
            render_to_string("firms/invitation.txt", context),
            None,
            [invitation.email],
        )
    except (OSError, SMTPException):
        logger.exception("the mail of invitation %s was not sent", invitation.pk)
        return False
    return True
